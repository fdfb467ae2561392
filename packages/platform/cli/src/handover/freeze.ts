import { setTimeout as sleep } from 'node:timers/promises';
import { MIGRATIONS_TABLE } from '@macrolith/data/handover';
import pg from 'pg';
import { PauseTooLong, WritersStayed } from './handover-errors.js';
import type { MovedTable } from './relations.js';
import type { Side } from './side.js';

/**
 * How long one attempt may wait for all tables, in milliseconds: shorter than the time after which PostgreSQL looks for deadlocks
 * (1 s), so that no writer can become the victim of one. Whoever writes to two tables in another order than they are taken here
 * makes an attempt fail, so there are many.
 */
const ATTEMPTS_MS = [100, 200, 400, 800];
/** How long writers may run between two attempts. */
const BREATHING_MS = 100;
/** A vacuum that runs on its own makes way once somebody waits for so long. */
const VACUUM_MAKES_WAY_MS = 1_500;

const LOCK_NOT_AVAILABLE = '55P03';
const STATEMENT_TIMED_OUT = '57014';
const IDLE_TIMED_OUT = '25P03';

/**
 * Holds all writers of the module's tables at the source, in a transaction that stays open: everything that they wrote before is
 * committed then, and they wait, while readers do not. Whatever ends the transaction lets them go on: a release, the death of this
 * process, and the server itself when the pause has lasted as long as it may.
 */
export class Freeze {
  private constructor(
    private readonly client: pg.Client,
    private readonly boundMs: number,
    private readonly beganAt: number,
  ) {}

  /** @throws WritersStayed when somebody keeps a table for longer than `boundMs`; nobody waits any more then */
  static async of(source: Side, tables: readonly MovedTable[], boundMs: number): Promise<Freeze> {
    const client = await source.connectAgain();
    try {
      // With the note of migrations: one that adds a table must not slip through.
      const names = [MIGRATIONS_TABLE, ...tables.map(({ name }) => name)].map((name) => source.table(name)).join(', ');
      const owner = pg.escapeIdentifier(source.place.owner);
      const deadline = Date.now() + boundMs;
      for (let attempt = 0; ; attempt += 1) {
        // Once even the longest attempt has failed, it may be a vacuum that stands in the way.
        if (attempt >= ATTEMPTS_MS.length) await waitForVacuum(client, source, tables, deadline);
        const leftMs = deadline - Date.now();
        const waitMs = Math.min(ATTEMPTS_MS[Math.min(attempt, ATTEMPTS_MS.length - 1)]!, leftMs);
        if (waitMs <= 0) throw new WritersStayed(boundMs, await sessionsOn(source, tables));
        const beganAt = Date.now();
        const begin = `BEGIN; SET LOCAL ROLE ${owner}; SET LOCAL statement_timeout = ${waitMs}`;
        await client.query(`${begin}; SET LOCAL idle_in_transaction_session_timeout = ${boundMs + waitMs}`);
        if (await isDone(client, `LOCK TABLE ${names} IN EXCLUSIVE MODE`)) {
          await client.query('SET LOCAL statement_timeout = 0');
          return new Freeze(client, boundMs, beganAt);
        }
        await client.query('ROLLBACK');
        await sleep(BREATHING_MS);
      }
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  }

  get lastedMs(): number {
    return Date.now() - this.beganAt;
  }

  /** @throws PauseTooLong when it has lasted as long as it may; writers go on then */
  async refuseTooLong(during: string): Promise<void> {
    if (this.lastedMs < this.boundMs) return;
    await this.release();
    throw new PauseTooLong(this.boundMs, during);
  }

  /** Waits for `work`, but not for longer than the pause may last. @throws PauseTooLong */
  async within<T>(during: string, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new PauseTooLong(this.boundMs, during)),
        Math.max(0, this.boundMs - this.lastedMs),
      );
    });
    work.catch(() => {});
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      await this.release();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets writers go on, as if nothing had been. May be called again. */
  async release(): Promise<void> {
    await this.client.query('ROLLBACK').catch(() => {});
    await this.client.end().catch(() => {});
  }

  /** Ends the pause by what holds from now on: all of the statements, or none. @throws PauseTooLong when the server had ended it */
  async commit(statements: readonly string[]): Promise<void> {
    try {
      for (const statement of statements) await this.client.query(statement);
      await this.client.query('COMMIT');
    } catch (error) {
      await this.release();
      throw (error as { code?: string }).code === IDLE_TIMED_OUT ? new PauseTooLong(this.boundMs, 'the switch') : error;
    }
    await this.client.end().catch(() => {});
  }
}

/** Waits for one table after the other and holds none meanwhile, so that nobody can be in a deadlock with this. */
async function waitForVacuum(client: pg.Client, source: Side, tables: readonly MovedTable[], deadline: number) {
  const owner = pg.escapeIdentifier(source.place.owner);
  for (const { name } of tables) {
    const waitMs = Math.min(VACUUM_MAKES_WAY_MS, deadline - Date.now());
    if (waitMs <= 0) return;
    await client.query(`BEGIN; SET LOCAL ROLE ${owner}; SET LOCAL statement_timeout = ${waitMs}`);
    await isDone(client, `LOCK TABLE ${source.table(name)} IN EXCLUSIVE MODE`);
    await client.query('ROLLBACK');
  }
}

async function isDone(client: pg.Client, statement: string): Promise<boolean> {
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === LOCK_NOT_AVAILABLE || code === STATEMENT_TIMED_OUT) return false;
    throw error;
  }
}

/** Who has something written to the tables, or is about to, for a person to find them. */
async function sessionsOn(source: Side, tables: readonly MovedTable[]): Promise<readonly string[]> {
  const rows = await source.rows<{ session: string }>(SESSIONS, [source.place.schema, tables.map(({ name }) => name)]);
  return rows.map(({ session }) => session);
}

const SESSIONS = `
  SELECT DISTINCT 'session ' || pid || coalesce(' (' || nullif(application_name, '') || ')', '') AS session
  FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN pg_class AS class ON class.oid = relation
  WHERE granted AND mode NOT IN ('AccessShareLock', 'RowShareLock') AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relnamespace = to_regnamespace(quote_ident($1)) AND relname = ANY ($2::text[])
  ORDER BY 1 LIMIT 5`;
