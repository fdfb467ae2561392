import type { ClientBase } from 'pg';
import { readDatabaseState } from './database-state.js';
import { planProvisioning, type Wanted } from './provisioning-plan.js';

/** How often to look and plan again when another database of the server made the same change at the same time. */
const ATTEMPTS = 10;

/** duplicate_object, unique_violation, and what PostgreSQL raises for two updates of one row of its own catalogs. */
const RACES = new Set(['42710', '23505', 'XX000']);

/** Makes what is missing, all of it or nothing. Roles belong to the whole server, so others may interfere. */
export async function provision(client: ClientBase, wanted: Wanted): Promise<void> {
  let problem: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = await readDatabaseState(client, wanted.login, wanted.modules);
    const statements = planProvisioning(state, wanted);
    if (statements.length === 0) return;
    problem = new Error(`this had no lasting effect: ${statements[0]}`);
    try {
      await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
    } catch (error) {
      await client.query('ROLLBACK');
      if (!isRace(error)) throw error;
      problem = error;
    }
  }
  throw problem;
}

function isRace(error: unknown): boolean {
  const { code, message } = error as Error & { code?: string };
  if (code === 'XX000') return message.includes('concurrently');
  return code !== undefined && RACES.has(code);
}
