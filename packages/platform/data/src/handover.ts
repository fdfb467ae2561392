/** What `macro handover` needs to know of a module's part of a database, and how that part is made. For the command alone. */
import type { ModuleDeclaration } from '@macrolith/core';
import type { DatabaseLocation } from './errors/connection-errors.js';
import { moduleSchemas } from './module-schemas.js';
import { parseDatabaseUrl } from './provision/database-url.js';
import { loginPassword, scramVerifier } from './provision/login-password.js';
import { prepareDatabase } from './provision/prepare-database.js';
import { loginRole, moduleRoles } from './provision/role-names.js';

export { HANDOVER_TABLE, HANDOVER_TABLE_COLUMNS } from './handover/handover-table.js';
export { MIGRATIONS_TABLE } from './migration/migrations-table.js';
export { scramVerifier } from './provision/login-password.js';

/** A module's part of one database. */
export interface ModulePlace {
  readonly module: string;
  readonly schema: string;
  /** Owns the schema and everything in it. */
  readonly owner: string;
  /** The module's statements run as this role. */
  readonly runtime: string;
  readonly location: DatabaseLocation;
  /** The names of all its migrations, those of the platform included. */
  readonly migrations: readonly string[];
}

/** Undefined for a module that has no tables. @throws InvalidDatabaseUrl */
export function placeOf(url: string, declaration: ModuleDeclaration): ModulePlace | undefined {
  const { location } = parseDatabaseUrl(url);
  const [wanted] = moduleSchemas([declaration]);
  if (wanted === undefined) return undefined;
  const migrations = wanted.steps.map(({ name }) => name);
  return { ...moduleRoles(location.database, wanted.module, wanted.schema), location, migrations };
}

/** Makes roles, schema and tables of one module as a process does that hosts it. Throws what `Database.open` throws. */
export async function prepareModule(url: string, declaration: ModuleDeclaration): Promise<void> {
  const parsed = parseDatabaseUrl(url);
  const { database } = parsed.location;
  const password = loginPassword(parsed.password, database);
  const schemas = moduleSchemas([declaration]);
  const roles = schemas.map(({ module, schema }) => moduleRoles(database, module, schema));
  await prepareDatabase({
    url: parsed,
    wanted: {
      database,
      login: loginRole(database),
      loginVerifier: () => (password === undefined ? undefined : scramVerifier(password)),
      modules: roles,
    },
    plans: schemas.map((schema, index) => ({ ...schema, owner: roles[index]!.owner })),
    make: true,
  });
}
