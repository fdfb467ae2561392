import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { MigrationLockTimeout } from '../errors/provisioning-errors.js';

/** The advisory lock of whoever prepares a database, the same in every process. Any number that others do not use. */
const LOCK_KEY = 7_263_448_190_524;
const POLL_MS = 50;

/** How long a process waits for another one that prepares the same database. */
export const PREPARATION_WAIT_MS = 300_000;

/**
 * Runs `work` while this process is the only one that prepares the database. The lock belongs to the session of
 * `client` and goes with it, so a process that is killed leaves none behind.
 *
 * It asks again and again instead of waiting in the database: a waiting statement holds a snapshot, and CREATE INDEX
 * CONCURRENTLY in the process that has the lock would wait for that in turn.
 */
export async function whilePreparing(
  client: ClientBase,
  work: () => Promise<void>,
  waitMs: number = PREPARATION_WAIT_MS,
): Promise<void> {
  const giveUpAt = Date.now() + waitMs;
  while (!(await tryLock(client))) {
    if (Date.now() >= giveUpAt) throw new MigrationLockTimeout(waitMs);
    await sleep(POLL_MS);
  }
  try {
    await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => {});
  }
}

async function tryLock(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK_KEY]);
  return rows[0]!.locked;
}
