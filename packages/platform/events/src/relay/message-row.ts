import type { DeliveredMessage } from '../log/message.js';

/** A claimed message as the database answers it. */
export type MessageRow = Omit<DeliveredMessage, 'traceparent' | 'tracestate' | 'causationId'> & {
  readonly traceparent: string | null;
  readonly tracestate: string | null;
  readonly causationId: string | null;
};

export function messageOf({ traceparent, tracestate, causationId, ...row }: MessageRow): DeliveredMessage {
  const trace = { traceparent: traceparent ?? undefined, tracestate: tracestate ?? undefined };
  return { ...row, ...trace, causationId: causationId ?? undefined };
}
