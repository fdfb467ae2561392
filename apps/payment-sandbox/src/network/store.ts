import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Authorisation } from './authorisation.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS authorisation (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, token TEXT NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL,
    declineReason TEXT, authorisedMinor INTEGER NOT NULL, capturedMinor INTEGER NOT NULL, refundedMinor INTEGER NOT NULL,
    createdAt INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS authorisation_reference ON authorisation (reference);
  CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, digest TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhook (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, dueAt INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'delivered', 'given-up'))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_due ON webhook (dueAt) WHERE state = 'open';
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`;

/** The store is in use by another process. */
export class StoreTaken extends Error {
  override readonly name = 'StoreTaken';

  constructor(file: string) {
    super(`Another sandbox uses ${file}. Stop that one, or give this one a store of its own.`);
  }
}

/**
 * One file that survives the death of the process at any moment: what a transaction wrote is on the disk when it
 * returns (https://www.sqlite.org/pragma.html#pragma_synchronous). One process has it at a time.
 */
export class Store {
  readonly #database: DatabaseSync;

  /** @throws StoreTaken */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readBigInts: false });
    try {
      this.#database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      this.#database.exec(TABLES);
    } catch (error) {
      this.#database.close();
      throw /locked/.test(String(error)) ? new StoreTaken(file) : error;
    }
  }

  /** All of `work` or nothing. It is synchronous, so nothing else comes in between. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  rows<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#database.prepare(sql).all(...values) as Row[];
  }

  row<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#database.prepare(sql).get(...values) as Row | undefined;
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values);
  }

  /** Writes an authorisation, new or changed. */
  put(authorisation: Authorisation): void {
    const { id, reference, token, currency, status, declineReason, createdAt } = authorisation;
    const { authorisedMinor, capturedMinor, refundedMinor } = authorisation;
    this.run(
      `INSERT INTO authorisation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status, capturedMinor = excluded.capturedMinor,
         refundedMinor = excluded.refundedMinor`,
      ...[id, reference, token, currency, status, declineReason],
      ...[authorisedMinor, capturedMinor, refundedMinor, createdAt],
    );
  }

  find(id: string): Authorisation | undefined {
    return this.#authorisations('WHERE id = ?', id)[0];
  }

  /** Authorisations in the order in which they were asked for. */
  list({ after = '', limit, reference }: { after?: string; limit: number; reference?: string }): Authorisation[] {
    return reference === undefined
      ? this.#authorisations('WHERE id > ? ORDER BY id LIMIT ?', after, limit)
      : this.#authorisations('WHERE reference = ? AND id > ? ORDER BY id LIMIT ?', reference, after, limit);
  }

  close(): void {
    this.#database.close();
  }

  #authorisations(where: string, ...values: SQLInputValue[]): Authorisation[] {
    const statement = this.#database.prepare(`SELECT * FROM authorisation ${where}`);
    statement.setReadBigInts(true);
    return (statement.all(...values) as Record<string, unknown>[]).map(
      (row) => ({ ...row, createdAt: Number(row.createdAt) }) as unknown as Authorisation,
    );
  }
}
