import type { UnitOfWork } from '@macrolith/core';
import type { Database, ModuleDatabase } from '@macrolith/data';
import { Logger } from '@nestjs/common';
import { outboxOf, receivedBy, receivedOf } from '../log/log-tables.js';
import { isWanted } from '../log/log-writing.js';
import type { Publisher } from '../outbox/publishers.js';
import { JETSTREAM } from '../relay/outlet.js';
import type { SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { CLOCKS_APART_MS } from './received-registration.js';

/** Most deliveries that one transaction moves, and most events that are looked up at once. */
const BATCH = 2_000;

/** A consumer as it was registered with what its module has received. */
interface Returning {
  readonly name: string;
  readonly event: string;
  /** It is still being put the log before. */
  readonly filling: boolean;
  /** What was published before was none of its business. */
  readonly storedAfter: string | null;
}

interface OwedRow {
  readonly position: string;
  readonly consumer: string;
  readonly id: string;
}

/**
 * Changes from subscribers that hear over a broker back to subscribers that hear directly: `ChangeOver` the other way round. Its reverse
 * needs no broker, as all that was said is in the outboxes still.
 *
 * 1. In one transaction, with the publisher's consumers locked: the outlet is struck off and the subscribers are registered. They are
 *    owed directly what has not left yet, and what has left and was not read by their module. Where that begins is told by the cursor.
 * 2. What a module has received and not handed over yet moves to the outboxes, to where it was said: so each key stays in order.
 *
 * What it has received of somebody whose outbox is not here stays where it is, until events go over the broker again.
 */
export class ChangeBack {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly publishers: readonly Publisher[],
  ) {}

  /** Does nothing where events have always stayed in the database. */
  async run(): Promise<void> {
    await Promise.all(this.publishers.map((publisher) => this.strikeOff(publisher)));
    const modules = new Set(this.subscriptions.all.map(({ module }) => module));
    await Promise.all([...modules].map((module) => this.moveReceived(module)));
  }

  private async strikeOff(publisher: Publisher): Promise<void> {
    const own = this.database.of(publisher.module);
    const { consumer } = publisher.tables;
    const { rowCount } = await own.query(`SELECT FROM ${consumer} WHERE name = $1`, [JETSTREAM]);
    if (rowCount === 0) return;
    await this.unitOfWork.run(async () => {
      await own.query(`LOCK TABLE ${consumer} IN ACCESS EXCLUSIVE MODE`);
      const { rowCount: struckOff } = await own.query(`DELETE FROM ${consumer} WHERE name = $1`, [JETSTREAM]);
      // Another process was first.
      if (struckOff === 0) return;
      const heard = this.subscriptions.all.filter(({ event }) => event.module === publisher.module);
      const returning: Returning[] = [];
      for (const module of new Set(heard.map(({ module: hearing }) => hearing))) {
        returning.push(...(await this.bringBack(publisher, module)));
      }
      await own.query(readdressStatement(own.schema), [JETSTREAM, JSON.stringify(returning)]);
    });
  }

  /** Registers those of a module who hear the publisher with it, and addresses to them what their module has not read. */
  private async bringBack(publisher: Publisher, module: string): Promise<readonly Returning[]> {
    const hearing = this.database.of(module);
    const { consumer, log } = receivedOf(hearing.schema);
    const { rows: known } = await hearing.query<{ name: string }>(`SELECT name FROM ${consumer}`);
    const names = known
      .map(({ name }) => name)
      .filter((name) => this.subscriptions.find(name)?.event.module === publisher.module);
    const { rows } = await hearing.query<Returning>(
      `DELETE FROM ${consumer} WHERE name = ANY ($1)
      RETURNING name, event, filled_to IS NOT NULL AS filling, stored_after::text AS "storedAfter"`,
      [names],
    );
    const publishing = this.database.of(publisher.module);
    await publishing.query(registerStatement(publishing.schema), [JSON.stringify(rows)]);
    // One that is still being put the log before is put this one before from its beginning: the inbox knows what it has had.
    const returning = rows.filter(({ filling }) => !filling);
    for (const event of new Set(rows.map((row) => row.event))) {
      const hearers = returning.filter((row) => row.event === event);
      await this.addressUnread(publishing, hearing, event, hearers);
      // When events go over the broker again, all that is said until then is known from here.
      await hearing.query(
        `UPDATE ${log}_cursor SET sequence = NULL, since = now(), stream_made = NULL
        WHERE event = $1 AND sequence IS DISTINCT FROM 0`,
        [event],
      );
    }
    return returning;
  }

  /** What the stream was given, and was not read from it. */
  private async addressUnread(
    publishing: ModuleDatabase,
    hearing: ModuleDatabase,
    event: string,
    hearers: readonly Returning[],
  ): Promise<void> {
    const { log } = receivedOf(hearing.schema);
    const { rows: cursors } = await hearing.query<{ readSince: string }>(
      `SELECT (CASE WHEN sequence = 0 THEN '-infinity' ELSE since - make_interval(secs => $2) END)::text AS "readSince"
      FROM ${log}_cursor WHERE event = $1`,
      [event, CLOCKS_APART_MS / 1000],
    );
    if (cursors.length === 0 || hearers.length === 0) return;
    const { rows: left } = await publishing.query<{ id: string }>(leftStatement(publishing.schema), [
      JETSTREAM,
      event,
      cursors[0]!.readSince,
    ]);
    for (let from = 0; from < left.length; from += BATCH) {
      const { rows: unread } = await hearing.query<{ id: string }>(
        `SELECT id FROM unnest($1::uuid[]) AS sent (id) WHERE NOT EXISTS (SELECT FROM ${log} AS here WHERE here.id = sent.id)`,
        [left.slice(from, from + BATCH).map(({ id }) => id)],
      );
      const ids = unread.map(({ id }) => id);
      await publishing.query(addressStatement(publishing.schema), [JETSTREAM, ids, JSON.stringify(hearers)]);
    }
  }

  /** Moves what a module has received and not handed over, the oldest first. */
  private async moveReceived(module: string): Promise<void> {
    const hearing = this.database.of(module);
    const { delivery } = receivedOf(hearing.schema);
    const isOwed = `SELECT FROM ${delivery} WHERE state = 'open' UNION ALL SELECT FROM ${delivery} WHERE state = 'dead' LIMIT 1`;
    const { rowCount } = await hearing.query(isOwed);
    if (rowCount === 0) return;
    for (const publisher of this.publishers) {
      const names = this.subscriptions.all
        .filter((own) => own.module === module && own.event.module === publisher.module)
        .map(({ consumer }) => consumer);
      if (names.length > 0) await this.moveFor(publisher, hearing, names);
    }
    const { rows } = await hearing.query<{ left: string }>(
      `SELECT count(*)::text AS left FROM ${delivery} WHERE state = 'open'`,
    );
    if (rows[0]!.left === '0') return;
    new Logger('Events').warn(
      `${rows[0]!.left} deliveries of '${receivedBy(module)}' are of events that were said elsewhere. ` +
        'They wait until events go over NATS again.',
    );
  }

  private async moveFor(publisher: Publisher, hearing: ModuleDatabase, names: readonly string[]): Promise<void> {
    const publishing = this.database.of(publisher.module);
    let last: OwedRow | undefined;
    do {
      last = await this.unitOfWork.run(async () => {
        const after = [last?.position ?? '0', last?.consumer ?? ''];
        const { rows } = await hearing.query<OwedRow>(owedStatement(hearing.schema), [names, ...after, BATCH]);
        const { rows: said } = await publishing.query<{ id: string }>(putBackStatement(publishing.schema), [
          JSON.stringify(rows),
        ]);
        const ids = new Set(said.map(({ id }) => id));
        const moved = rows.filter(({ id }) => ids.has(id)).map(({ position, consumer }) => ({ position, consumer }));
        await hearing.query(takenStatement(hearing.schema), [JSON.stringify(moved)]);
        return rows.at(BATCH - 1);
      });
    } while (last !== undefined);
  }
}

/** $1 who returns. */
function registerStatement(schema: string): string {
  const { log, consumer } = outboxOf(schema);
  return `INSERT INTO ${consumer} (name, event, filled_to, fill_until)
    SELECT name, event, CASE WHEN filling THEN 0 END, CASE WHEN filling THEN (SELECT coalesce(max(position), 0) FROM ${log}) END
    FROM jsonb_to_recordset($1::jsonb) AS hearer (name text, event text, filling boolean) ON CONFLICT DO NOTHING`;
}

/** $1 outlet, $2 who returns. What has not left is owed to them instead. */
function readdressStatement(schema: string): string {
  const { log, delivery } = outboxOf(schema);
  return `WITH kept AS (DELETE FROM ${delivery} WHERE consumer = $1 AND state = 'open' RETURNING position)
    INSERT INTO ${delivery} (position, consumer, key)
    SELECT message.position, hearer.name, message.key FROM kept JOIN ${log} AS message USING (position)
    JOIN jsonb_to_recordset($2::jsonb) AS hearer (name text, event text) ON ${isWanted('hearer', 'message')}
    ON CONFLICT DO NOTHING`;
}

/** $1 outlet, $2 event, $3 since when. */
function leftStatement(schema: string): string {
  const { log, delivery } = outboxOf(schema);
  return `SELECT message.id::text AS id FROM ${delivery} AS sent JOIN ${log} AS message USING (position)
    WHERE sent.consumer = $1 AND sent.state = 'done' AND sent.closed_at >= $3::timestamptz
      AND message.kind = 'event' AND starts_with(message.type, $2 || '.v')
    ORDER BY message.position`;
}

/** $1 outlet, $2 ids, $3 who returns. */
function addressStatement(schema: string): string {
  const { log, delivery } = outboxOf(schema);
  return `INSERT INTO ${delivery} (position, consumer, key)
    SELECT message.position, hearer.name, message.key
    FROM ${log} AS message JOIN ${delivery} AS sent ON sent.position = message.position AND sent.consumer = $1
    JOIN jsonb_to_recordset($3::jsonb) AS hearer (name text, event text, "storedAfter" timestamptz)
      ON ${isWanted('hearer', 'message')} AND (hearer."storedAfter" IS NULL OR sent.closed_at >= hearer."storedAfter")
    WHERE message.id = ANY ($2::uuid[])
    ON CONFLICT DO NOTHING`;
}

/** $1 consumers, $2 and $3 after which delivery, $4 how many. Whoever has one in its hands finds it gone when it wants to close it. */
function owedStatement(schema: string): string {
  const { log, delivery } = receivedOf(schema);
  return `SELECT owed.position::text AS position, owed.consumer, message.id::text AS id, owed.state, owed.attempts, owed.due_at, owed.failure,
      owed.closed_at, owed.failed_at, owed.held, owed.round
    FROM ${delivery} AS owed JOIN ${log} AS message USING (position)
    WHERE owed.state IN ('open', 'dead') AND split_part(owed.consumer, '@', 1) = ANY ($1)
      AND (owed.position, owed.consumer) > ($2::bigint, $3)
    ORDER BY owed.position, owed.consumer LIMIT $4 FOR UPDATE OF owed`;
}

/** $1 what is owed. Answers of which of it the publisher knows. */
function putBackStatement(schema: string): string {
  const { log, delivery } = outboxOf(schema);
  return `WITH owed AS (
      SELECT message.position, message.key, given.*
      FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, consumer text, state text, attempts integer, due_at timestamptz, failure text,
        closed_at timestamptz, failed_at timestamptz, held boolean, round integer)
      JOIN ${log} AS message ON message.id = given.id
    ), put AS (
      INSERT INTO ${delivery} (position, consumer, key, state, attempts, due_at, failure, closed_at, failed_at, held, round)
      SELECT position, consumer, key, state, attempts, due_at, failure, closed_at, failed_at, held, round FROM owed
      ON CONFLICT DO NOTHING
    )
    SELECT DISTINCT id::text AS id FROM owed`;
}

/** $1 what was moved. */
function takenStatement(schema: string): string {
  const { delivery } = receivedOf(schema);
  return `DELETE FROM ${delivery} AS owed
    USING jsonb_to_recordset($1::jsonb) AS moved (position bigint, consumer text)
    WHERE owed.position = moved.position AND owed.consumer = moved.consumer`;
}
