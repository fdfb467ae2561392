import type { LogTables } from '../log/log-tables.js';

/**
 * Runs one statement, which commits by itself. A module's database does it under the module's role; so does a single
 * connection of a command at the terminal.
 */
export interface LogDatabase {
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }>;
}

/** A log that people look after. */
export interface ObservedLog {
  /** Names it for people and in notifications: the module's name, for an outbox. */
  readonly name: string;
  readonly tables: LogTables;
  readonly database: LogDatabase;
}
