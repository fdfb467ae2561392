import type { QueryResult } from 'pg';
import type { ModuleAccess } from '../pool/module-access.js';
import type { SharedPool } from '../pool/shared-pool.js';
import type { Control } from '../protocol/control.js';
import type { ReadyStatement } from '../protocol/grouped-query.js';
import type { PreparedValue } from '../protocol/messages.js';
import { renewOutdatedPlan } from '../statements/outdated-plan.js';
import type { KnownStatement } from '../statements/statement-names.js';

/**
 * Runs one statement outside of any unit of work. The role is set `LOCAL` in the same Sync group, which is one
 * implicit transaction: nothing of it is left on the connection, and when the role cannot be set the statement is
 * not run at all.
 */
export async function runSingleStatement(
  pool: SharedPool,
  access: ModuleAccess,
  statement: KnownStatement,
  values: readonly PreparedValue[] | undefined,
  setRole: Control = access.setRoleForStatement,
): Promise<QueryResult> {
  const { text, name } = statement;
  try {
    return await sendAlone(pool, setRole, { text, values, name });
  } catch (error) {
    const isOutdated = name !== undefined && renewOutdatedPlan(pool.names, statement, name, error as Error);
    if (!isOutdated) throw error;
    // PostgreSQL refused the old plan before it ran anything, so the statement may be sent again.
    return sendAlone(pool, setRole, { text, values, name: statement.name });
  }
}

async function sendAlone(pool: SharedPool, setRole: Control, statement: ReadyStatement): Promise<QueryResult> {
  const lease = await pool.lease();
  return new Promise((resolve, reject) => {
    lease.send([setRole], statement, (error, result) => {
      lease.release();
      if (error) reject(error);
      else resolve(result);
    });
  });
}
