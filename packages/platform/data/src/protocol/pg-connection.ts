import type { FieldDef, PoolClient } from 'pg';

/**
 * The parts of pg's connection that a query of one's own uses. They are not in its published types; the names were
 * verified with pg 8.23.
 */
export interface PgConnection {
  /** Statements that this connection has prepared, text by name. */
  readonly parsedStatements: Record<string, string>;
  /** Statements whose Parse was sent and not yet answered, text by name. */
  readonly submittedNamedStatements: Record<string, string>;
  _send(messages: Buffer): void;
}

/** How pg reads the rows of an answer: kept by pg.Result under these names. */
export interface RowReader {
  fields: readonly FieldDef[];
  _parsers: readonly unknown[] | undefined;
  _prebuiltEmptyResultObject: object | null;
}

/** Whether the connection is gone, so that nothing can be sent on it any more. */
export function isLost(client: PoolClient): boolean {
  return !(client as unknown as { _queryable: boolean })._queryable;
}
