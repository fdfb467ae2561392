import pg from 'pg';
import { SchemaBelongsToAnother } from '../errors/provisioning-errors.js';
import { MIGRATIONS_TABLE, MIGRATIONS_TABLE_COLUMNS } from '../migration/migrations-table.js';
import type { DatabaseState, ModuleState } from './database-state.js';
import type { ModuleRoles } from './role-names.js';

const { escapeIdentifier: name, escapeLiteral: literal } = pg;

/** What a database shall have. */
export interface Wanted {
  readonly database: string;
  readonly login: string;
  /** SCRAM verifier of the login role's password; undefined on a server that asks for none. */
  readonly loginVerifier: () => string | undefined;
  readonly modules: readonly ModuleRoles[];
}

/** The statements that are missing, in order; none when everything is as wanted. A decision: nothing is done here. */
export function planProvisioning(state: DatabaseState, wanted: Wanted): readonly string[] {
  return [
    ...planLogin(state, wanted),
    ...wanted.modules.flatMap((roles, index) => planModule(roles, state.modules[index]!, wanted.login)),
  ];
}

/** Sets the password again, after the deployment's password was changed. */
export function planPassword({ login, loginVerifier }: Wanted): string {
  const verifier = loginVerifier();
  return `ALTER ROLE ${name(login)} PASSWORD ${verifier === undefined ? 'NULL' : literal(verifier)}`;
}

function planLogin(state: DatabaseState, wanted: Wanted): string[] {
  if (state.isLoginRight) return [];
  const login = name(wanted.login);
  const powerless = 'LOGIN NOINHERIT';
  return [
    state.hasLogin ? `ALTER ROLE ${login} ${powerless}` : `CREATE ROLE ${login} ${powerless}`,
    ...(state.hasLogin ? [] : [planPassword(wanted)]),
    `GRANT CONNECT ON DATABASE ${name(wanted.database)} TO ${login}`,
  ];
}

function planModule(roles: ModuleRoles, state: ModuleState, loginRole: string): string[] {
  const [owner, runtime, login, schema] = [roles.owner, roles.runtime, loginRole, roles.schema].map(name);
  if (state.schemaOwner !== null && state.schemaOwner !== roles.owner) {
    throw new SchemaBelongsToAnother(roles.module, roles.schema, state.schemaOwner, roles.owner);
  }
  const missing: string[] = [];
  if (!state.hasOwner) missing.push(`CREATE ROLE ${owner} NOLOGIN`);
  if (!state.hasRuntime) missing.push(`CREATE ROLE ${runtime} NOLOGIN`);
  if (!state.mayActAsOwner) missing.push(`GRANT ${owner} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
  if (!state.mayBecomeRuntime) {
    missing.push(`GRANT ${runtime} TO ${login} WITH INHERIT FALSE, SET TRUE, ADMIN FALSE`);
  }
  if (state.schemaOwner === null) missing.push(`CREATE SCHEMA ${schema} AUTHORIZATION ${owner}`);
  if (!state.hasGrants) missing.push(...grants(schema!, owner!, runtime!));
  if (!state.hasMigrationsTable) missing.push(...migrationsTable(schema!, owner!));
  if (!state.hasGrants || !state.hasMigrationsTable) missing.push(...readOnlyMigrations(schema!, runtime!));
  return missing;
}

function grants(schema: string, owner: string, runtime: string): string[] {
  const rows = 'SELECT, INSERT, UPDATE, DELETE';
  const future = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema}`;
  return [
    `REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC, ${runtime}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${runtime}`,
    `GRANT ${rows} ON ALL TABLES IN SCHEMA ${schema} TO ${runtime}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${runtime}`,
    `${future} GRANT ${rows} ON TABLES TO ${runtime}`,
    `${future} GRANT USAGE ON SEQUENCES TO ${runtime}`,
  ];
}

function migrationsTable(schema: string, owner: string): string[] {
  return [
    `SET LOCAL ROLE ${owner}`,
    `CREATE TABLE ${schema}.${MIGRATIONS_TABLE} ${MIGRATIONS_TABLE_COLUMNS}`,
    'RESET ROLE',
  ];
}

function readOnlyMigrations(schema: string, runtime: string): string[] {
  return [
    `REVOKE ALL ON SEQUENCE ${schema}.${MIGRATIONS_TABLE}_id_seq FROM ${runtime}`,
    `REVOKE ALL ON TABLE ${schema}.${MIGRATIONS_TABLE} FROM ${runtime}`,
    `GRANT SELECT ON ${schema}.${MIGRATIONS_TABLE} TO ${runtime}`,
  ];
}
