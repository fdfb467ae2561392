import type { DeliveredMessage } from '../log/message.js';

/** A claimed message as the database answers it. */
export type MessageRow = Omit<DeliveredMessage, 'traceparent' | 'causationId'> & {
  readonly traceparent: string | null;
  readonly causationId: string | null;
};

export function messageOf({ traceparent, causationId, ...row }: MessageRow): DeliveredMessage {
  return { ...row, traceparent: traceparent ?? undefined, causationId: causationId ?? undefined };
}
