import pg from 'pg';
import { type Control, control, preparedControl } from '../protocol/control.js';

/** Under which role a module's statements run, and what to send so that they do. */
export interface ModuleAccess {
  readonly module: string;
  readonly schema: string;
  readonly role: string;
  /** Inside a transaction: holds until another role is set, the savepoint is rolled back, or the transaction ends. */
  readonly setRole: Control;
  /** In front of a single statement: holds for the implicit transaction that the two make. */
  readonly setRoleForStatement: Control;
  /** The same, and has the statement planned once and by indexes, whatever the statistics say. */
  readonly setRoleForIndexedStatement: Control;
}

/**
 * For tables whose part in question grows from nothing to a million rows and back faster than they are analysed: statistics
 * are wrong about them most of the time, and a plan that is right for ten rows takes seconds for a million.
 */
const BY_INDEXES = [
  ['plan_cache_mode', 'force_generic_plan'],
  ['enable_seqscan', 'off'],
  ['enable_bitmapscan', 'off'],
  ['enable_hashjoin', 'off'],
  ['enable_mergejoin', 'off'],
] as const;

export function moduleAccess(module: string, schema: string, role: string): ModuleAccess {
  const roleIsSet = `set_config('role', ${pg.escapeLiteral(role)}, true)`;
  const indexesAreUsed = BY_INDEXES.map(([setting, value]) => `set_config('${setting}', '${value}', true)`);
  return {
    module,
    schema,
    role,
    setRole: control(`SET LOCAL ROLE ${pg.escapeIdentifier(role)}`),
    setRoleForStatement: preparedControl(`macrolith_role_${module}`, `SELECT ${roleIsSet}`),
    setRoleForIndexedStatement: preparedControl(
      `macrolith_indexed_role_${module}`,
      `SELECT ${[roleIsSet, ...indexesAreUsed].join(', ')}`,
    ),
  };
}
