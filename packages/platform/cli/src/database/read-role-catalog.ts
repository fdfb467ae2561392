import { Client } from 'pg';
import { UsageError } from '../usage-error.js';
import type { DatabaseRole, DatabaseSchema, HeldPrivilege, RoleCatalog, RoleMembership } from './role-catalog.js';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Reads what the roles of one database may do. Only pg_catalog is read; nothing is changed.
 * @param url of the database, with a role that may read pg_catalog
 * @throws UsageError when the database cannot be reached
 */
export async function readRoleCatalog(url: string): Promise<RoleCatalog> {
  const client = await connect(url);
  try {
    // One snapshot, so that a grant in the middle cannot make the parts disagree.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [{ database } = { database: '' }] = await rows<{ database: string }>(
      client,
      'SELECT current_database() AS database',
    );
    const prefix = `${database}_`;
    const catalog: RoleCatalog = {
      database,
      roles: await rows<DatabaseRole>(client, ROLES, [prefix]),
      schemas: await rows<DatabaseSchema>(client, SCHEMAS),
      privileges: await rows<HeldPrivilege>(client, PRIVILEGES, [prefix]),
      memberships: await rows<RoleMembership>(client, MEMBERSHIPS, [prefix]),
    };
    await client.query('COMMIT');
    return catalog;
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<Client> {
  try {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    await client.connect();
    return client;
  } catch (error) {
    throw new UsageError(`The database of --database cannot be reached: ${(error as Error).message || error}.`);
  }
}

async function rows<Row extends object>(client: Client, text: string, values: readonly string[] = []): Promise<Row[]> {
  const result = await client.query<Row>(text, [...values]);
  return result.rows;
}

const ROLES = `
  SELECT rolname AS name, rolcanlogin AS "canLogin", rolinherit AS inherits,
         array_remove(ARRAY[
           CASE WHEN rolsuper THEN 'SUPERUSER' END,
           CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
           CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
           CASE WHEN rolcreatedb THEN 'CREATEDB' END,
           CASE WHEN rolreplication THEN 'REPLICATION' END], NULL) AS powers
    FROM pg_catalog.pg_roles
   WHERE starts_with(rolname, $1)
   ORDER BY rolname`;

const SCHEMAS = `
  SELECT nspname AS name, pg_catalog.pg_get_userbyid(nspowner) AS owner
    FROM pg_catalog.pg_namespace
   WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
   ORDER BY nspname`;

/**
 * has_…_privilege counts what a role holds itself, what it inherits and what PUBLIC holds, but not what it could get with
 * SET ROLE: exactly what a statement of that role may do. USAGE of a schema that holds nothing for the role is harmless, and
 * PostgreSQL gives it to everybody for `public`: it is left out there.
 */
const PRIVILEGES = `
  WITH role AS (SELECT oid, rolname FROM pg_catalog.pg_roles WHERE starts_with(rolname, $1)),
       schema AS (SELECT oid, nspname FROM pg_catalog.pg_namespace
                   WHERE nspname <> 'information_schema' AND nspname !~ '^pg_')
  SELECT rolname AS role, nspname AS schema, privilege, 'schema ' || nspname AS on
    FROM role, schema, unnest(ARRAY['USAGE', 'CREATE']) AS privilege
   WHERE pg_catalog.has_schema_privilege(role.oid, schema.oid, privilege)
     AND NOT (nspname = 'public' AND privilege = 'USAGE')
  UNION ALL
  SELECT rolname, nspname, privilege, 'table ' || nspname || '.' || relname
    FROM role, schema JOIN pg_catalog.pg_class AS class ON relnamespace = schema.oid AND relkind IN ('r', 'p', 'v', 'm', 'f'),
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
   WHERE pg_catalog.has_table_privilege(role.oid, class.oid, privilege)
      OR (privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
          AND pg_catalog.has_any_column_privilege(role.oid, class.oid, privilege))
  UNION ALL
  SELECT rolname, nspname, privilege, 'sequence ' || nspname || '.' || relname
    FROM role, schema JOIN pg_catalog.pg_class AS class ON relnamespace = schema.oid AND relkind = 'S',
         unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS privilege
   WHERE pg_catalog.has_sequence_privilege(role.oid, class.oid, privilege)
   ORDER BY 1, 2, 4, 3`;

const MEMBERSHIPS = `
  SELECT member.rolname AS member, granted.rolname AS role, inherit_option AS inherits, admin_option AS "mayAdminister"
    FROM pg_catalog.pg_auth_members AS membership
    JOIN pg_catalog.pg_roles AS member ON member.oid = membership.member
    JOIN pg_catalog.pg_roles AS granted ON granted.oid = membership.roleid
   WHERE starts_with(member.rolname, $1)
   ORDER BY 1, 2`;
