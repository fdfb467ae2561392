import type { Operation } from '@macrolith/contract';
import { backoffMs } from '@macrolith/core';
import { RemoteTimedOut } from './call-errors.js';
import { failureOf, maySendAgain } from './sendable.js';
import type { Target } from './target.js';

/** Sends once, and waits for the answer so long. `leftMs` is how much of the caller's time is left. */
export type Attempt<T> = (waitMs: number, leftMs: number) => Promise<T>;

/**
 * Makes as many attempts as the operation, its module's options and the deadline allow. What fails last is thrown; where it is
 * only that the circuit has opened meanwhile, the failure that opened it.
 *
 * @param deadlineAt in milliseconds since the epoch
 */
export async function attempts<T>(
  { kind, id }: Operation,
  target: Target,
  deadlineAt: number,
  attempt: Attempt<T>,
): Promise<T> {
  const { maxAttempts, attemptTimeoutMs, backoff } = target.options;
  const startedAt = Date.now();
  for (let made = 1; ; made += 1) {
    const leftMs = deadlineAt - Date.now();
    if (leftMs < 1) throw new RemoteTimedOut(id, Date.now() - startedAt);
    // Whoever cannot ask again has no reason to stop waiting before its time is over.
    const waitMs = kind === 'task' ? leftMs : Math.min(leftMs, attemptTimeoutMs);
    try {
      return await target.attempt(id, () => attempt(waitMs, leftMs));
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || made >= maxAttempts || !maySendAgain(kind, failure)) throw error;
      const pauseMs = backoffMs(made, backoff, Math.random());
      if (Date.now() + pauseMs >= deadlineAt || target.state.circuit !== 'closed') throw error;
      await pause(pauseMs);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
