import { currentContext, currentTraceId } from '@macrolith/core';
import type { OutgoingMessage } from './message.js';

/**
 * Where a message comes from: the running trace, the story that it belongs to and the message that is being handled. The
 * first message of a story names it by the trace of the call that wrote it, so that all messages of one transaction are one
 * story; outside of any call by its own id.
 */
export function originOf(
  id: string,
): Pick<OutgoingMessage, 'traceparent' | 'tracestate' | 'correlationId' | 'causationId'> {
  const { traceparent, tracestate, correlationId, messageId } = currentContext();
  return { traceparent, tracestate, correlationId: correlationId ?? currentTraceId() ?? id, causationId: messageId };
}
