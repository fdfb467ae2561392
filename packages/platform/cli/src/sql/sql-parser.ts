import { loadModule, parsePlPgSQLSync, parseSync, SqlError } from 'libpg-query';

/** A node of PostgreSQL's syntax tree: one key names its kind, below it stand its fields. */
export type SqlNode = Readonly<Record<string, unknown>>;

/** SQL that PostgreSQL itself would refuse to parse. */
export class UnparseableSql extends Error {
  override readonly name = 'UnparseableSql';
  constructor(
    message: string,
    /** Where the parser gave up, in UTF-16 code units. */
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Loads PostgreSQL's parser (WebAssembly) once. Everything below needs it to have ended. */
export function loadSqlParser(): Promise<void> {
  return loadModule();
}

/** @throws UnparseableSql */
export function parseStatements(sql: string): readonly SqlNode[] {
  if (sql.trim() === '') return [];
  try {
    return (parseSync(sql).stmts ?? []) as unknown as readonly SqlNode[];
  } catch (error) {
    throw unparseable(error, sql);
  }
}

/**
 * The body of a CREATE FUNCTION or DO statement in PL/pgSQL.
 * @throws UnparseableSql
 */
export function parseProcedure(statement: string): SqlNode {
  try {
    return parsePlPgSQLSync(statement) as unknown as SqlNode;
  } catch (error) {
    throw unparseable(error, statement);
  }
}

/** PostgreSQL counts bytes of UTF-8, JavaScript counts UTF-16 code units. */
export function offsetOfByte(sql: string, byte: number): number {
  return Buffer.from(sql, 'utf8').subarray(0, byte).toString('utf8').length;
}

function unparseable(error: unknown, sql: string): UnparseableSql {
  const message = error instanceof Error ? error.message : String(error);
  const position = error instanceof SqlError ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
  return new UnparseableSql(message, Math.min(position, sql.length));
}
