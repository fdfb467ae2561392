import type { Operation } from '@macrolith/contract';
import { backoffMs } from '@macrolith/core';
import { RemoteTimedOut } from './call-errors.js';
import { failureOf, maySendAgain } from './sendable.js';
import type { Target } from './target.js';

/** Sends once, and waits for the answer so long. Rejects, and never throws. `leftMs` is how much of the caller's time is left. */
export type Attempt<T> = (waitMs: number, leftMs: number) => Promise<T>;

/**
 * Makes as many attempts as the operation, its module's options and the deadline allow. What fails last is thrown; where it is
 * only that the circuit has opened meanwhile, the failure that opened it.
 *
 * @param deadlineAt in milliseconds since the epoch
 */
export function attempts<T>(
  { kind, id }: Operation,
  target: Target,
  deadlineAt: number,
  attempt: Attempt<T>,
): Promise<T> {
  const { maxAttempts, attemptTimeoutMs, backoff } = target.options;
  const startedAt = Date.now();
  const make = (nth: number, now: number): Promise<T> => {
    const leftMs = deadlineAt - now;
    if (leftMs < 1) return Promise.reject(new RemoteTimedOut(id, now - startedAt));
    // Whoever cannot ask again has no reason to stop waiting before its time is over.
    const waitMs = kind === 'task' ? leftMs : Math.min(leftMs, attemptTimeoutMs);
    return target.attempt(
      id,
      () => attempt(waitMs, leftMs),
      async (error) => {
        const failure = failureOf(error);
        if (failure === undefined || nth >= maxAttempts || !maySendAgain(kind, failure)) throw error;
        const pauseMs = backoffMs(nth, backoff, Math.random());
        if (Date.now() + pauseMs >= deadlineAt || target.state.circuit !== 'closed') throw error;
        await pause(pauseMs);
        return make(nth + 1, Date.now());
      },
    );
  };
  return make(1, startedAt);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
