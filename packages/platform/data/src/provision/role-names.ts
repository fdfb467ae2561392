import { createHash } from 'node:crypto';
import { PlatformError } from '@macrolith/core';

/** PostgreSQL's limit on identifiers, in bytes. */
const LONGEST_NAME = 63;
const DIGEST_CHARACTERS = 8;

/** These would give a module's role the name of another role. */
const RESERVED = new Set(['app', 'owner']);

/** A module has a name from which no role name can be made. */
export class ReservedModuleName extends PlatformError {
  readonly code = 'macrolith.reserved-module-name';
  constructor(readonly module: string) {
    super(
      `A module with tables cannot be called '${module}': a role of the platform's has that name. Rename the module.`,
    );
  }
}

/** The roles of one module in one database. */
export interface ModuleRoles {
  readonly module: string;
  readonly schema: string;
  /** Owns the schema and everything in it. Migrations run as this role. */
  readonly owner: string;
  /** May read and change rows. The module's statements run as this role. */
  readonly runtime: string;
}

/** Roles belong to the whole server, so the database's name is part of theirs. */
export function moduleRoles(database: string, module: string, schema: string): ModuleRoles {
  if (RESERVED.has(module)) throw new ReservedModuleName(module);
  return {
    module,
    schema,
    owner: fitting(`${database}_${module}_owner`),
    runtime: fitting(`${database}_${module}`),
  };
}

/** The role that the process logs in as. It has no rights but to become a module's runtime role. */
export function loginRole(database: string): string {
  return fitting(`${database}_app`);
}

/** Longer names keep their beginning and are told apart by a digest. */
function fitting(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_CHARACTERS);
  let start = name;
  while (Buffer.byteLength(start) > LONGEST_NAME - DIGEST_CHARACTERS - 1) start = start.slice(0, -1);
  return `${start}_${digest}`;
}
