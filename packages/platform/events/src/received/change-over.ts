import type { UnitOfWork } from '@macrolith/core';
import type { Database } from '@macrolith/data';
import { outboxOf, receivedOf } from '../log/log-tables.js';
import type { Publisher } from '../outbox/publishers.js';
import type { SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { History } from './history.js';
import { CLOCKS_APART_MS } from './received-registration.js';

/** Most deliveries that one transaction moves. */
const BATCH = 2_000;

/**
 * Changes from subscribers that hear directly to subscribers that hear over a broker, without losing or repeating anything.
 *
 * 1. In one transaction, with the publisher's consumers locked: the outlet is registered and the subscribers are not any
 *    more. So every event was either addressed to the subscriber itself, or is to the outlet.
 * 2. What is still owed to a subscriber itself moves to the log of what its module has received, before anything comes in
 *    over the broker: so it stays in front of it, key by key. For consumers that start from the beginning so does all that
 *    was said before.
 */
export class ChangeOver {
  private readonly history: History;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly publishers: readonly Publisher[],
  ) {
    this.history = new History(database);
  }

  /** Addresses what the publishers say from now on to the outlet, and no more to subscribers of this process. */
  async register(outlet: string): Promise<void> {
    for (const publisher of this.publishers) await this.registerWith(publisher, outlet);
  }

  /** Moves what a module's subscribers are still owed directly, the oldest first. Answers how many. */
  async moveOpen(module: string): Promise<number> {
    let moved = 0;
    for (const publisher of this.publishers) {
      const consumers = this.subscriptions.all.filter(
        (own) => own.module === module && own.event.module === publisher.module,
      );
      if (consumers.length === 0) continue;
      const early = consumers.filter(({ from }) => from === 'beginning').map(({ eventName }) => eventName);
      await this.history.copy(publisher, module, early);
      const names = consumers.map(({ consumer }) => consumer);
      for (let count = BATCH; count === BATCH; moved += count) count = await this.moveBatch(publisher, module, names);
    }
    return moved;
  }

  private async registerWith({ module, tables: { consumer } }: Publisher, outlet: string): Promise<void> {
    const own = this.database.of(module);
    const { rows } = await own.query<{ name: string; filling: boolean }>(
      `SELECT name, filled_to IS NOT NULL AS filling FROM ${consumer}`,
    );
    // One that is still being put the log before goes on; the inbox knows what comes to it twice.
    const direct = rows.filter(({ name, filling }) => !filling && this.subscriptions.find(name) !== undefined);
    if (direct.length === 0 && rows.some(({ name }) => name === outlet)) return;
    await this.unitOfWork.run(async () => {
      await own.query(`LOCK TABLE ${consumer} IN ACCESS EXCLUSIVE MODE`);
      await own.query(`INSERT INTO ${consumer} (name, event) VALUES ($1, '*') ON CONFLICT DO NOTHING`, [outlet]);
      const { rows: removed } = await own.query<{ name: string; event: string }>(
        `DELETE FROM ${consumer} WHERE name = ANY ($1) AND filled_to IS NULL RETURNING name, event`,
        [direct.map(({ name }) => name)],
      );
      for (const { name, event } of removed) await this.keep(name, event);
    });
  }

  /**
   * Registers where it hears now what code does not name, such as a generation of a projection, and notes of everyone that
   * it has been addressed directly until now: it is put nothing before that it may have received in an earlier time over the broker.
   */
  private async keep(name: string, event: string): Promise<void> {
    const hearing = this.database.of(this.subscriptions.find(name)!.module);
    const { consumer } = receivedOf(hearing.schema);
    await hearing.query(
      `INSERT INTO ${consumer} AS known (name, event, stored_after) VALUES ($1, $2, now() - make_interval(secs => $3))
      ON CONFLICT (name, event) DO UPDATE SET stored_after = coalesce(known.stored_after, excluded.stored_after),
        filled_to = NULL, fill_until = NULL`,
      [name, event, CLOCKS_APART_MS / 1000],
    );
  }

  private moveBatch(publisher: Publisher, module: string, names: readonly string[]): Promise<number> {
    return this.unitOfWork.run(async () => {
      const publishing = this.database.of(publisher.module);
      const { rows } = await publishing.query<{ owed: object }>(takeStatement(publishing.schema), [names, BATCH]);
      if (rows.length === 0) return 0;
      const hearing = this.database.of(module);
      await hearing.query(putStatement(hearing.schema), [JSON.stringify(rows.map(({ owed }) => owed))]);
      return rows.length;
    });
  }
}

/** $1 consumers, $2 how many. Whoever has one in its hands finds it gone when it wants to close it. */
function takeStatement(schema: string): string {
  const { log, delivery } = outboxOf(schema);
  return `WITH part AS (
      SELECT position, consumer FROM ${delivery} WHERE state = 'open' AND split_part(consumer, '@', 1) = ANY ($1)
      ORDER BY position, consumer LIMIT $2 FOR UPDATE
    ), taken AS (
      DELETE FROM ${delivery} AS delivery USING part
      WHERE delivery.position = part.position AND delivery.consumer = part.consumer RETURNING delivery.*
    )
    SELECT jsonb_build_object('id', message.id, 'source', message.source, 'type', message.type, 'key', message.key,
      'time', message.time, 'data', message.data, 'traceparent', message.traceparent, 'tracestate', message.tracestate,
      'correlationId', message.correlation_id, 'causationId', message.causation_id,
      'consumer', taken.consumer, 'attempts', taken.attempts, 'dueAt', taken.due_at, 'failure', taken.failure,
      'failedAt', taken.failed_at, 'held', taken.held, 'round', taken.round) AS owed
    FROM taken JOIN ${log} AS message USING (position) ORDER BY message.position`;
}

/** $1 what is owed. A message with several consumers is written once. */
function putStatement(schema: string): string {
  const { log, delivery } = receivedOf(schema);
  return `WITH owed AS (
      SELECT nth, m.* FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (value, nth)
      CROSS JOIN LATERAL jsonb_to_record(given.value) AS m (id uuid, source text, type text, key text, time timestamptz,
        data jsonb, traceparent text, tracestate text, "correlationId" text, "causationId" uuid, consumer text, attempts integer,
        "dueAt" timestamptz, failure text, "failedAt" timestamptz, held boolean, round integer)
    ), written AS (
      INSERT INTO ${log} (id, source, type, key, time, stored_at, data, traceparent, tracestate, correlation_id, causation_id)
      SELECT id, source, type, key, time, time, data, traceparent, tracestate, "correlationId", "causationId" FROM owed ORDER BY nth
      ON CONFLICT (id) DO NOTHING RETURNING id, position
    ), known AS (
      SELECT id, position FROM written UNION ALL
      SELECT message.id, message.position FROM ${log} AS message WHERE message.id IN (SELECT id FROM owed)
    )
    INSERT INTO ${delivery} (position, consumer, key, attempts, due_at, failure, failed_at, held, round)
    SELECT known.position, owed.consumer, owed.key, owed.attempts, owed."dueAt", owed.failure, owed."failedAt", owed.held,
      owed.round
    FROM owed JOIN known USING (id) ON CONFLICT DO NOTHING`;
}
