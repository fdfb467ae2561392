import type { UnitOfWork } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import { ConsumerRegistration } from '../consumer/consumer-registration.js';
import { isWanted } from '../log/log-writing.js';
import type { RelayedLog } from '../relay/relayed-logs.js';
import { consumerOf } from './generation.js';

/** What a log has for a projection. */
export interface LogContents {
  /** How many events. */
  readonly total: number;
  /** When the oldest of them happened. */
  readonly from: Date | undefined;
}

/** What a generation has not recorded yet. */
export interface Backlog {
  /** How many events. */
  readonly events: number;
  /** When the oldest of them happened. */
  readonly oldestAt: Date | undefined;
  /** How many were given up on: dead letters, which somebody has to retry or discard. */
  readonly dead: number;
}

/** A subscriber of a projection: one `@On` method. */
export interface ProjectedSubscriber {
  /** Without the generation: `analytics.recordSale`. */
  readonly consumer: string;
  /** The event's name without its version. */
  readonly eventName: string;
}

/** How much of a log one statement goes through. */
const STRIDE = 5_000;

/** One log, as far as one projection hears it. */
export class ProjectedLog {
  private readonly registration: ConsumerRegistration;
  /** Of a row `message`; $1 the events. */
  private readonly isHeard =
    `EXISTS (SELECT FROM unnest($1::text[]) AS wanted (event) WHERE ${isWanted('wanted', 'message')})`;

  constructor(
    private readonly log: RelayedLog,
    private readonly subscribers: readonly ProjectedSubscriber[],
    private readonly database: ModuleDatabase,
    unitOfWork: UnitOfWork,
  ) {
    this.registration = new ConsumerRegistration(database, unitOfWork, log.tables);
  }

  /** Lets a generation hear from the beginning of the log. In the running transaction. */
  async register(generation: number): Promise<void> {
    await this.registration.register(
      this.subscribers.map(({ consumer, eventName }) => ({
        name: consumerOf(consumer, generation),
        event: eventName,
        from: 'beginning' as const,
      })),
    );
  }

  /** Addresses nothing to a generation any more. In the running transaction. */
  async deregister(generation: number): Promise<void> {
    for (const consumer of this.consumers(generation)) await this.registration.remove(consumer);
  }

  async contents(): Promise<LogContents> {
    const { log } = this.log.tables;
    const { rows } = await this.database.query<{ total: string; from: Date | null }>(
      `SELECT count(*)::text AS total, min(time) AS "from" FROM ${log} AS message WHERE ${this.isHeard}`,
      [this.events()],
    );
    return { total: Number(rows[0]!.total), from: rows[0]!.from ?? undefined };
  }

  /** When the oldest event for the projection happened that is kept. */
  async firstEventAt(): Promise<Date | undefined> {
    const { rows } = await this.database.query<{ time: Date }>(
      `SELECT time FROM ${this.log.tables.log} AS message WHERE ${this.isHeard} ORDER BY position LIMIT 1`,
      [this.events()],
    );
    return rows[0]?.time;
  }

  /** What is owed to a generation, and what is still to be put before it. */
  async backlog(generation: number): Promise<Backlog> {
    const { log, delivery, consumer } = this.log.tables;
    const { rows } = await this.database.query<{ events: string; oldest_at: Date | null; dead: string }>(
      `WITH owed AS (
         SELECT count(*) AS events, min(position) AS oldest FROM ${delivery} WHERE consumer = ANY ($1) AND state = 'open'
       ), unfilled AS (
         SELECT count(*) AS events, min(message.position) AS oldest
         FROM ${consumer} AS newcomer JOIN ${log} AS message
           ON message.position > newcomer.filled_to AND message.position <= newcomer.fill_until
           AND ${isWanted('newcomer', 'message')}
         WHERE newcomer.name = ANY ($1) AND newcomer.filled_to IS NOT NULL
       )
       SELECT (owed.events + unfilled.events)::text AS events,
         (SELECT time FROM ${log} WHERE position = least(owed.oldest, unfilled.oldest)) AS oldest_at,
         (SELECT count(*) FROM ${delivery} WHERE consumer = ANY ($1) AND state = 'dead')::text AS dead
       FROM owed, unfilled`,
      [this.consumers(generation)],
    );
    const [row] = rows;
    return { events: Number(row!.events), oldestAt: row!.oldest_at ?? undefined, dead: Number(row!.dead) };
  }

  /** The place of the newest message. */
  async end(): Promise<string> {
    const { rows } = await this.database.query<{ position: string }>(
      `SELECT coalesce(max(position), 0)::text AS position FROM ${this.log.tables.log}`,
    );
    return rows[0]!.position;
  }

  /**
   * Whether a generation has recorded, up to a place, all that another one has, and nothing was given up on. What the other
   * has not recorded either holds it up no longer: an event, say, that fails again and again in both.
   */
  async isAsFarAs(generation: number, other: number, upTo: string): Promise<boolean> {
    const { delivery, consumer } = this.log.tables;
    const { rows } = await this.database.query<{ caught_up: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM ${consumer} WHERE name = ANY ($1) AND filled_to IS NOT NULL)
         AND NOT EXISTS (SELECT FROM ${delivery} WHERE consumer = ANY ($1) AND state = 'dead')
         AND NOT EXISTS (
           SELECT FROM unnest($1::text[], $2::text[]) AS same (consumer, other)
           JOIN ${delivery} AS owed ON owed.consumer = same.consumer
           WHERE owed.state = 'open' AND owed.position <= $3::bigint AND NOT EXISTS (
             SELECT FROM ${delivery} AS lag
             WHERE lag.position = owed.position AND lag.consumer = same.other AND lag.state = 'open')) AS caught_up`,
      [this.consumers(generation), this.consumers(other), upTo],
    );
    return rows[0]!.caught_up;
  }

  /**
   * Removes what was owed to a generation, in the next part of the log after `after`. Answers where that part ends;
   * nothing when there is none.
   */
  async removeDeliveries(generation: number, after: string): Promise<string | undefined> {
    const { log, delivery } = this.log.tables;
    const { rows } = await this.database.query<{ reached: string | null }>(
      `WITH part AS (SELECT position FROM ${log} WHERE position > $2::bigint ORDER BY position LIMIT ${STRIDE}),
       removed AS (
         DELETE FROM ${delivery} AS delivery USING part
         WHERE delivery.position = part.position AND delivery.consumer = ANY ($1))
       SELECT max(position)::text AS reached FROM part`,
      [this.consumers(generation), after],
    );
    return rows[0]!.reached ?? undefined;
  }

  consumers(generation: number): readonly string[] {
    return this.subscribers.map(({ consumer }) => consumerOf(consumer, generation));
  }

  private events(): readonly string[] {
    return this.subscribers.map(({ eventName }) => eventName);
  }
}
