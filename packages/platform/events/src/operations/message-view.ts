import type { MessageKind } from '../log/message.js';
import { type DeliveryRow, type DeliveryView, deliveryColumns, deliveryOf, withoutNulls } from './delivery-view.js';
import type { InterventionAction } from './intervention-action.js';
import type { ObservedLog } from './observed-log.js';

/** The attributes of a message, named as in CloudEvents 1.0 where it names them. */
export interface MessageAttributes {
  readonly messageId: string;
  readonly kind: MessageKind;
  /** Who says it: `/orders`. */
  readonly source: string;
  /** `orders.order-placed.v1` for an event, `notifications.send` for a task. */
  readonly type: string;
  readonly key: string;
  /** When the transaction began that wrote it. */
  readonly time: Date;
  /** The same for everything that follows from one wish. */
  readonly correlationId: string;
  /** The message that was being handled when this one was written. */
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** A message with what is owed of it to whom, in every log that has it. */
export interface MessageWithDeliveries extends MessageAttributes {
  readonly deliveries: readonly DeliveryView[];
}

/** What somebody did about a delivery. */
export interface InterventionView {
  readonly log: string;
  readonly consumer: string;
  readonly action: InterventionAction | 'cancel';
  readonly who: string;
  readonly why: string;
  readonly at: Date;
}

/** Everything that is known of one message. */
export interface MessageView extends MessageWithDeliveries {
  /** Wire form of the data. */
  readonly data: unknown;
  /** The oldest first. */
  readonly interventions: readonly InterventionView[];
}

/** A message as the database answers it. */
export interface MessageRow {
  readonly position: string;
  readonly message: MessageAttributes;
}

type AttributesRow = { readonly [Field in keyof Required<MessageAttributes>]: MessageAttributes[Field] | null } & {
  readonly position: string;
};

const ATTRIBUTES = `message.position::text AS position, message.id AS "messageId", message.kind, message.source,
      message.type, message.key, message.time, message.correlation_id AS "correlationId",
      message.causation_id AS "causationId", message.traceparent`;

/** The messages of one log that meet a condition on rows called `message`, in their order, at most `$2`. */
export async function readMessages(
  { tables, database }: ObservedLog,
  condition: string,
  value: string,
  limit: number,
): Promise<readonly MessageRow[]> {
  const { rows } = await database.query<AttributesRow>(
    `SELECT ${ATTRIBUTES} FROM ${tables.log} AS message WHERE ${condition} ORDER BY message.position LIMIT $2`,
    [value, limit],
  );
  return rows.map(({ position, ...row }) => ({ position, message: withoutNulls(row) as MessageAttributes }));
}

/** What is owed of messages of one log, by position. */
export async function readDeliveries(
  { name, tables, database }: ObservedLog,
  positions: readonly string[],
  failure: 'whole' | 'first line',
): Promise<ReadonlyMap<string, readonly DeliveryView[]>> {
  const { rows } = await database.query<DeliveryRow>(
    `SELECT ${deliveryColumns(failure)} FROM ${tables.delivery} AS delivery
    WHERE delivery.position = ANY ($1::bigint[]) ORDER BY delivery.position, delivery.consumer`,
    [positions],
  );
  const byPosition = Map.groupBy(rows, ({ position }) => position);
  return new Map([...byPosition].map(([position, own]) => [position, own.map((row) => deliveryOf(name, row))]));
}

/** What people did about a message of one log. */
export async function readInterventions(
  { name, tables, database }: ObservedLog,
  { position, message }: MessageRow,
): Promise<readonly InterventionView[]> {
  const { rows } = await database.query<Omit<InterventionView, 'log'>>(
    `SELECT consumer, action, who, why, at FROM ${tables.intervention}
    WHERE position = $1::bigint AND message_id = $2::uuid ORDER BY id`,
    [position, message.messageId],
  );
  return rows.map((row) => ({ log: name, ...row }));
}

export async function readData({ tables, database }: ObservedLog, { position }: MessageRow): Promise<unknown> {
  const { rows } = await database.query<{ data: unknown }>(
    `SELECT data FROM ${tables.log} WHERE position = $1::bigint`,
    [position],
  );
  return rows[0]?.data;
}
