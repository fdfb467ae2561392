import type { MessageKind } from '../log/message.js';
import { type DeliveryState, STATE_EXPRESSION } from './delivery-state.js';

/** What is owed to one consumer, and how that stands. */
export interface DeliveryView {
  /** The log that it belongs to: the publisher's name, for an outbox. */
  readonly log: string;
  readonly consumer: string;
  readonly state: DeliveryState;
  /** Attempts that began, since it was last retried or replayed. */
  readonly attempts: number;
  /** How often it was replayed. */
  readonly round: number;
  /** 1 before 0 before -1. */
  readonly priority: number;
  /** When it is handed over next, while it is open. */
  readonly dueAt: Date;
  /** While it is being handed over: until when at the latest. */
  readonly leasedUntil?: Date | undefined;
  /** Why the last attempt failed: message and stack. */
  readonly failure?: string | undefined;
  readonly failedAt?: Date | undefined;
  /** When it ended: done, dead or discarded. */
  readonly closedAt?: Date | undefined;
}

/** One line of a list: a delivery, and of which message. Its `failure` is the first line only. */
export interface ListedDelivery extends DeliveryView {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly type: string;
  readonly key: string;
  readonly time: Date;
  readonly correlationId: string;
}

/** A delivery as the database answers it. */
export type DeliveryRow = { readonly [Field in keyof Required<DeliveryView>]: DeliveryView[Field] | null } & {
  readonly position: string;
};

/** The columns of a `DeliveryRow`, from rows called `delivery`; `failure` says how much of the reason is wanted. */
export function deliveryColumns(failure: 'whole' | 'first line'): string {
  const reason = failure === 'whole' ? 'delivery.failure' : `split_part(delivery.failure, E'\\n', 1)`;
  return `delivery.position::text AS position, delivery.consumer, ${STATE_EXPRESSION} AS state, delivery.attempts,
      delivery.round, delivery.priority, delivery.due_at AS "dueAt",
      CASE WHEN delivery.state = 'open' THEN delivery.leased_until END AS "leasedUntil", ${reason} AS failure,
      delivery.failed_at AS "failedAt", delivery.closed_at AS "closedAt"`;
}

/** The columns that a listed delivery has besides, from rows called `message`. */
export const LISTED_COLUMNS = `message.id AS "messageId", message.kind, message.type, message.key, message.time,
      message.correlation_id AS "correlationId"`;

export function deliveryOf(log: string, { position: _, ...row }: DeliveryRow): DeliveryView {
  return withoutNulls({ ...row, log }) as DeliveryView;
}

/** What the database does not know is left out. */
export function withoutNulls(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
