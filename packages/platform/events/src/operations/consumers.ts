import type { LogTables } from '../log/log-tables.js';
import type { ObservedLog } from './observed-log.js';

/** What is owed to one consumer of one log. */
export interface ConsumerView {
  readonly log: string;
  /** `notifications.thank` for a method that hears an event, `notifications.send` for a task. */
  readonly consumer: string;
  /** The events that it is registered for, without versions; none for tasks, and for one that is no longer registered. */
  readonly events: readonly string[];
  readonly since?: Date | undefined;
  /** It is still being put the log before, from its beginning. */
  readonly isFilling: boolean;
  /** Deliveries that are still to be handed over; counted up to `COUNTED_UP_TO`. */
  readonly open: number;
  /** Of those: waiting for their time after a failure, or delayed. */
  readonly waiting: number;
  /** Of those: for a process that has the consumer and understands the message. */
  readonly held: number;
  readonly dead: number;
  /** When the oldest message was written that is still to be handed over: how far behind it is. */
  readonly oldestOpenAt?: Date | undefined;
  /** Something has been due for a minute, and no process is handing anything over to it. */
  readonly isUnserved: boolean;
}

/** What is owed by one log in all. */
export interface LogOverview {
  readonly log: string;
  readonly lastMessageAt?: Date | undefined;
  readonly open: number;
  readonly held: number;
  readonly dead: number;
  readonly oldestOpenAt?: Date | undefined;
  /** Messages that came over a broker and are no events; counted up to `COUNTED_UP_TO`. */
  readonly unreadable: number;
  readonly consumers: readonly ConsumerView[];
}

/** Numbers of deliveries are counted no further, so that looking stays cheap while a backlog is long. */
export const COUNTED_UP_TO = 10_000;

type ConsumerRow = Omit<ConsumerView, 'log' | 'since' | 'oldestOpenAt'> & {
  readonly since: Date | null;
  readonly oldestOpenAt: Date | null;
};

/** Tells for every log who wants what of it and how far behind they are. */
export class Consumers {
  constructor(private readonly logs: readonly ObservedLog[]) {}

  async overview(): Promise<readonly LogOverview[]> {
    return Promise.all(this.logs.map(overviewOf));
  }
}

async function overviewOf({ name, tables, database }: ObservedLog): Promise<LogOverview> {
  const [{ rows }, last, unreadable] = await Promise.all([
    database.query<ConsumerRow>(consumersStatement(tables)),
    database.query<{ time: Date }>(`SELECT time FROM ${tables.log} ORDER BY position DESC LIMIT 1`),
    tables.unreadable === undefined
      ? undefined
      : database.query(`SELECT FROM ${tables.unreadable} LIMIT ${COUNTED_UP_TO}`),
  ]);
  const consumers = rows.map(
    ({ since, oldestOpenAt, ...row }): ConsumerView => ({
      log: name,
      ...row,
      ...(since === null ? {} : { since }),
      ...(oldestOpenAt === null ? {} : { oldestOpenAt }),
    }),
  );
  const sum = (of: (consumer: ConsumerView) => number) => consumers.reduce((total, each) => total + of(each), 0);
  const oldest = consumers.flatMap(({ oldestOpenAt }) => oldestOpenAt ?? []).sort((one, other) => +one - +other)[0];
  const [message] = last.rows;
  return {
    log: name,
    ...(message === undefined ? {} : { lastMessageAt: message.time }),
    open: sum(({ open }) => open),
    held: sum(({ held }) => held),
    dead: sum(({ dead }) => dead),
    ...(oldest === undefined ? {} : { oldestOpenAt: oldest }),
    unreadable: unreadable?.rowCount ?? 0,
    consumers,
  };
}

/**
 * The consumers are those that are registered and those that something is owed to, found by steps through the index. Where
 * more is open than is counted, the oldest is the one that has been due the longest, from the index of what is due.
 */
function consumersStatement({ log, delivery, consumer }: LogTables): string {
  return `WITH RECURSIVE owed AS (
      (SELECT consumer FROM ${delivery} WHERE state = 'open' ORDER BY consumer LIMIT 1)
      UNION ALL
      SELECT further.consumer FROM owed CROSS JOIN LATERAL (
        SELECT consumer FROM ${delivery} WHERE state = 'open' AND consumer > owed.consumer
        ORDER BY consumer LIMIT 1) AS further
    ), dead AS (
      SELECT consumer, count(*)::integer AS count
      FROM (SELECT consumer FROM ${delivery} WHERE state = 'dead' LIMIT ${COUNTED_UP_TO}) AS letters GROUP BY consumer
    ), registered AS (
      SELECT name AS consumer, array_agg(event ORDER BY event) AS events, min(since) AS since,
        bool_or(filled_to IS NOT NULL) AS filling
      FROM ${consumer} GROUP BY name
    ), named AS (
      SELECT consumer FROM owed UNION SELECT consumer FROM dead UNION SELECT consumer FROM registered
    )
    SELECT named.consumer, coalesce(registered.events, '{}') AS events, registered.since,
      coalesce(registered.filling, false) AS "isFilling", counted.open, counted.waiting, counted.held,
      coalesce(dead.count, 0) AS dead, oldest.time AS "oldestOpenAt",
      counted.leased = 0 AND coalesce(late.due_at < now() - interval '1 minute', false) AS "isUnserved"
    FROM named LEFT JOIN registered USING (consumer) LEFT JOIN dead USING (consumer)
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS open, min(position) AS position,
        count(*) FILTER (WHERE held)::integer AS held,
        count(*) FILTER (WHERE NOT held AND NOT parked AND due_at > now())::integer AS waiting,
        count(*) FILTER (WHERE leased_until >= now())::integer AS leased
      FROM (SELECT position, held, parked, due_at, leased_until FROM ${delivery}
        WHERE state = 'open' AND consumer = named.consumer LIMIT ${COUNTED_UP_TO}) AS part) AS counted
    LEFT JOIN LATERAL (
      SELECT ahead.position, ahead.due_at FROM (VALUES (1::smallint), (0::smallint), (-1::smallint)) AS level (priority)
      CROSS JOIN LATERAL (
        SELECT position, due_at FROM ${delivery} WHERE state = 'open' AND NOT parked AND consumer = named.consumer
          AND priority = level.priority ORDER BY due_at, position LIMIT 1) AS ahead
      ORDER BY ahead.due_at LIMIT 1) AS late ON true
    LEFT JOIN ${log} AS oldest ON oldest.position = least(counted.position, late.position)
    ORDER BY named.consumer`;
}
