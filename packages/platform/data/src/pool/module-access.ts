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
}

export function moduleAccess(module: string, schema: string, role: string): ModuleAccess {
  return {
    module,
    schema,
    role,
    setRole: control(`SET LOCAL ROLE ${pg.escapeIdentifier(role)}`),
    setRoleForStatement: preparedControl(
      `macrolith_role_${module}`,
      `SELECT set_config('role', ${pg.escapeLiteral(role)}, true)`,
    ),
  };
}
