import type { SqlNode } from './sql-parser.js';
import { locationOf, walkSql } from './sql-tree.js';

/** A table that a statement names without its schema. */
export interface UnqualifiedTable {
  readonly table: string;
  /** In bytes; undefined when the parser kept no place. */
  readonly location: number | undefined;
}

/** Names of WITH queries, temporary tables and `FOR UPDATE OF alias` need no schema and are left out. */
export function unqualifiedTables(statement: SqlNode): UnqualifiedTable[] {
  const named = new Set<unknown>();
  const tables: UnqualifiedTable[] = [];
  walkSql(statement, (kind, fields, above) => {
    if (kind === 'CommonTableExpr') named.add(fields.ctename);
    if (above.includes('lockedRels') || typeof fields.relname !== 'string') return;
    if (fields.schemaname === undefined && fields.relpersistence !== 't') {
      tables.push({ table: fields.relname, location: locationOf(fields) });
    }
  });
  return tables.filter(({ table }) => !named.has(table));
}
