/** What a row of a log is: a fact for subscribers, or work for one provider. */
export type MessageKind = 'event' | 'task';

/** Who gets a task, and when. Events are addressed in the database, to the consumers that are registered there. */
export interface Address {
  /** The task's id, as in `notifications.send`: whoever does it serves this name. */
  readonly consumer: string;
  /** 1 before 0 before -1. */
  readonly priority: number;
  /** Not before so many milliseconds after it was written. */
  readonly delayMs: number;
}

/**
 * A message before it is stored. The names are those of CloudEvents 1.0 attributes and of its extensions
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md), but for `kind`, `key` and `address`.
 */
export interface OutgoingMessage {
  /** UUID, the same at every delivery. */
  readonly id: string;
  readonly kind: MessageKind;
  /** Who says it: `/orders`. */
  readonly source: string;
  /** `orders.order-placed.v1` for an event, `notifications.send` for a task. */
  readonly type: string;
  /** Messages of one key are handed to a consumer in the order in which they were written. */
  readonly key: string;
  /** Wire form of the data. */
  readonly data: unknown;
  /** W3C Trace Context of the call that wrote it. */
  readonly traceparent: string | undefined;
  readonly tracestate?: string | undefined;
  /** The same for everything that follows from one wish. */
  readonly correlationId: string;
  /** The message that was being handled when this one was written. */
  readonly causationId: string | undefined;
  /** Of a task only. */
  readonly address?: Address;
}

/** A message as it is handed to one consumer. */
export interface DeliveredMessage {
  /** Its place in the log. */
  readonly position: string;
  readonly consumer: string;
  readonly id: string;
  readonly kind: MessageKind;
  readonly source: string;
  readonly type: string;
  readonly key: string;
  readonly time: Date;
  readonly data: unknown;
  readonly traceparent: string | undefined;
  readonly tracestate?: string | undefined;
  readonly correlationId: string;
  readonly causationId: string | undefined;
  /** 1 at the first delivery. */
  readonly attempt: number;
  /** How often somebody had it replayed: each round takes effect once. */
  readonly round: number;
}

/** What a handler may want to know of the event besides its data. */
export interface EventEnvelope {
  /** UUID, the same at every delivery. */
  readonly id: string;
  /** With the version that was published, as in `orders.order-placed.v1`. */
  readonly type: string;
  readonly key: string;
  /** When the publisher's transaction began. */
  readonly time: Date;
  /** The consumer that it was handed to, as in `notifications.thank`. */
  readonly consumer: string;
  readonly correlationId: string;
  readonly causationId: string | undefined;
}

export function envelopeOf(message: DeliveredMessage): EventEnvelope {
  const { id, type, key, time, consumer, correlationId, causationId } = message;
  return { id, type, key, time, consumer, correlationId, causationId };
}
