/** An event as a broker stored it, with the names that the log has. */
export interface ReceivedMessage {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly key: string;
  readonly time: Date;
  /** When the broker stored it. */
  readonly storedAt: Date;
  readonly data: unknown;
  readonly traceparent: string | undefined;
  readonly tracestate?: string | undefined;
  readonly correlationId: string;
  readonly causationId: string | undefined;
}

/** A message that is no event, as it came. */
export interface UnreadableRow {
  readonly sequence: number;
  readonly subject: string;
  /** As JSON. */
  readonly headers: string;
  readonly payloadBase64: string;
  readonly reason: string;
  readonly storedAt: Date;
}

/** What was read of one event between two places of the stream. */
export interface ReceivedBatch {
  readonly event: string;
  /** Where the reader was: nobody else may have read on meanwhile. */
  readonly from: number | null;
  readonly to: number;
  /** When the broker stored what is there. */
  readonly storedAt: Date;
  /** When the stream was made: another stream counts anew. */
  readonly streamMade: string;
  readonly messages: readonly ReceivedMessage[];
  readonly unreadable: readonly UnreadableRow[];
}
