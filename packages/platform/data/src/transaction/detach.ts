import { runInContext } from '@macrolith/core';

/**
 * Runs `work` outside the running unit of work: its statements commit on their own, whatever becomes of the unit, and
 * it may outlive it. For what must be kept even when the unit rolls back, such as the record of a failed attempt.
 * It takes a second connection, and waits for ever on rows that the unit itself has locked, up to the lock timeout.
 */
export function detach<T>(work: () => T): T {
  return runInContext({ transaction: undefined }, work);
}
