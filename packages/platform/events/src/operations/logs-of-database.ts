import { outboxOf, receivedBy, receivedOf } from '../log/log-tables.js';
import type { LogDatabase, ObservedLog } from './observed-log.js';

interface SchemaRow {
  readonly database: string;
  readonly schema: string;
  readonly owner: string;
  readonly hasOutbox: boolean;
  readonly hasReceived: boolean;
}

/**
 * The logs of a database, found in its catalog, for one who may act as the owners of the modules' schemas: whoever deploys.
 * @param asRole answers a connection whose statements run under a role
 */
export async function logsOfDatabase(
  database: LogDatabase,
  asRole: (role: string) => LogDatabase,
): Promise<readonly ObservedLog[]> {
  const { rows } = await database.query<SchemaRow>(SCHEMAS);
  const logs: ObservedLog[] = [];
  for (const row of rows) {
    const own = asRole(row.owner);
    const name = moduleOf(row);
    if (row.hasOutbox) logs.push({ name, tables: outboxOf(row.schema), database: own });
    const received: ObservedLog = { name: receivedBy(name), tables: receivedOf(row.schema), database: own };
    if (row.hasReceived && (await isUsed(received))) logs.push(received);
  }
  return logs;
}

/** Where no event leaves the database, what would be received over a broker stays empty, and nobody need see it. */
async function isUsed({ tables, database }: ObservedLog): Promise<boolean> {
  const { rows } = await database.query<{ used: boolean }>(
    `SELECT EXISTS (SELECT FROM ${tables.consumer}) OR EXISTS (SELECT FROM ${tables.log})
      OR EXISTS (SELECT FROM ${tables.unreadable}) AS used`,
  );
  return rows[0]!.used;
}

/** A schema's owner is called `<database>_<module>_owner`, but for names that are too long. */
function moduleOf({ database, schema, owner }: SchemaRow): string {
  const [prefix, suffix] = [`${database}_`, '_owner'];
  const isWhole = owner.startsWith(prefix) && owner.endsWith(suffix);
  return isWhole ? owner.slice(prefix.length, -suffix.length) : schema.replaceAll('_', '-');
}

const SCHEMAS = `
  SELECT current_database() AS database, nspname AS schema, pg_catalog.pg_get_userbyid(nspowner) AS owner,
    'outbox' = ANY (tables.names) AS "hasOutbox", 'received' = ANY (tables.names) AS "hasReceived"
  FROM pg_catalog.pg_namespace AS namespace CROSS JOIN LATERAL (
    SELECT array_agg(relname::text) AS names FROM pg_catalog.pg_class
    WHERE relnamespace = namespace.oid AND relkind IN ('r', 'p')) AS tables
  WHERE tables.names && ARRAY['outbox', 'received'] AND 'intervention' = ANY (tables.names)
    -- What a module has left behind when it was handed over to another database is nobody's business any more.
    AND pg_catalog.has_schema_privilege(nspowner, namespace.oid, 'CREATE')
  ORDER BY nspname`;
