import { createHash } from 'node:crypto';

/** PostgreSQL's limit on identifiers, in bytes. */
const LONGEST_NAME = 63;
const DIGEST_CHARACTERS = 8;

/** The roles that the platform provisions for one module of one database. */
export interface ModuleRoles {
  /** Runs the module's statements. */
  readonly runtime: string;
  /** Owns the schema; runs the migrations. */
  readonly owner: string;
}

export function moduleRoles(database: string, module: string): ModuleRoles {
  return { runtime: fitting(`${database}_${module}`), owner: fitting(`${database}_${module}_owner`) };
}

/** The role that processes log in as. */
export function loginRole(database: string): string {
  return fitting(`${database}_app`);
}

/** Longer names keep their beginning and end with a digest, as @macrolith/data provisions them. */
function fitting(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_CHARACTERS);
  let start = name;
  while (Buffer.byteLength(start) > LONGEST_NAME - DIGEST_CHARACTERS - 1) start = start.slice(0, -1);
  return `${start}_${digest}`;
}
