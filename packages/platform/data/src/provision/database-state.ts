import type { ClientBase } from 'pg';
import type { ModuleRoles } from './role-names.js';

/** What is there of one module's part of the database. */
export interface ModuleState {
  readonly module: string;
  readonly hasOwner: boolean;
  readonly hasRuntime: boolean;
  /** The connected user may act as the owner. */
  readonly mayActAsOwner: boolean;
  /** The login role may become the runtime role, and has none of its rights otherwise. */
  readonly mayBecomeRuntime: boolean;
  /** The role that owns the schema; null while there is no schema. */
  readonly schemaOwner: string | null;
  /** The runtime role may use the schema and what will be made in it, and nobody else may. */
  readonly hasGrants: boolean;
  readonly hasMigrationsTable: boolean;
  /** The module is moving to another database or from one, or has moved. */
  readonly hasHandover: boolean;
}

export interface DatabaseState {
  /** As PostgreSQL counts, e.g. 180004. */
  readonly versionNumber: number;
  /** As PostgreSQL calls itself, e.g. 18.4. */
  readonly version: string;
  readonly hasLogin: boolean;
  /** The login role may log in and connect, inherits nothing and has no attribute that gives it power. */
  readonly isLoginRight: boolean;
  readonly modules: readonly ModuleState[];
}

/** Reads in one round trip what is there of the wanted roles, schemas and rights. */
export async function readDatabaseState(
  client: ClientBase,
  login: string,
  modules: readonly ModuleRoles[],
): Promise<DatabaseState> {
  const { rows } = await client.query<{ state: DatabaseState }>(STATE, [login, JSON.stringify(modules)]);
  return rows[0]!.state;
}

const STATE = `
WITH me AS (
  SELECT oid, rolsuper FROM pg_roles WHERE rolname = current_user
), login AS (
  SELECT * FROM pg_roles WHERE rolname = $1
), wanted AS (
  SELECT nth, m->>'module' AS module, m->>'schema' AS schema, m->>'owner' AS owner, m->>'runtime' AS runtime
  FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS given (m, nth)
), module AS (
  SELECT wanted.nth, wanted.module, owner.oid AS owner, runtime.oid AS runtime, namespace.oid AS namespace,
    namespace.nspowner, namespace.nspacl, to_regclass(quote_ident(wanted.schema) || '.migrations') AS migrations,
    to_regclass(quote_ident(wanted.schema) || '.macrolith_handover') AS handover
  FROM wanted
  LEFT JOIN pg_roles owner ON owner.rolname = wanted.owner
  LEFT JOIN pg_roles runtime ON runtime.rolname = wanted.runtime
  LEFT JOIN pg_namespace namespace ON namespace.nspname = wanted.schema
)
SELECT jsonb_build_object(
  'versionNumber', current_setting('server_version_num')::integer,
  'version', split_part(current_setting('server_version'), ' ', 1),
  'hasLogin', EXISTS (SELECT FROM login),
  'isLoginRight', EXISTS (
    SELECT FROM login
    WHERE rolcanlogin AND NOT rolinherit AND NOT rolsuper AND NOT rolcreaterole AND NOT rolcreatedb AND NOT rolbypassrls
      AND has_database_privilege(oid, current_database(), 'CONNECT')),
  'modules', coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'module', module.module,
      'hasOwner', owner IS NOT NULL,
      'hasRuntime', runtime IS NOT NULL,
      'mayActAsOwner', me.rolsuper OR EXISTS (
        SELECT FROM pg_auth_members m
        WHERE m.roleid = owner AND m.member = me.oid AND m.set_option AND m.inherit_option),
      'mayBecomeRuntime', coalesce((
        SELECT bool_or(m.set_option) AND NOT bool_or(m.inherit_option OR m.admin_option)
        FROM pg_auth_members m, login WHERE m.roleid = runtime AND m.member = login.oid), false),
      'schemaOwner', CASE WHEN namespace IS NOT NULL THEN pg_get_userbyid(nspowner) END,
      'hasGrants', coalesce(
        has_schema_privilege(runtime, namespace, 'USAGE') AND NOT has_schema_privilege(runtime, namespace, 'CREATE')
        AND NOT EXISTS (SELECT FROM aclexplode(nspacl) acl WHERE acl.grantee = 0)
        AND (
          SELECT count(*) = 5 FROM pg_default_acl d, aclexplode(d.defaclacl) acl
          WHERE d.defaclrole = owner AND d.defaclnamespace = namespace AND acl.grantee = runtime
            AND (d.defaclobjtype, acl.privilege_type) IN
              (('r', 'SELECT'), ('r', 'INSERT'), ('r', 'UPDATE'), ('r', 'DELETE'), ('S', 'USAGE'))), false),
      'hasMigrationsTable', migrations IS NOT NULL,
      'hasHandover', handover IS NOT NULL) ORDER BY nth)
    FROM module, me), '[]')
) AS state`;
