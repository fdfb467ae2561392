/** What a row of the outbox is: a fact for subscribers, or work for one provider. */
export type MessageKind = 'event' | 'task';

/**
 * A message before it is stored. The names are those of CloudEvents 1.0 attributes
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md), but for `kind`, `key` and `consumers`.
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
  /** Who gets it. */
  readonly consumers: readonly string[];
}

/** A message as it is handed to one consumer. */
export interface DeliveredMessage {
  /** Its place in the publisher's outbox. */
  readonly position: string;
  readonly consumer: string;
  readonly id: string;
  readonly kind: MessageKind;
  readonly type: string;
  readonly key: string;
  readonly data: unknown;
  readonly traceparent: string | undefined;
  /** 1 at the first delivery. */
  readonly attempt: number;
}
