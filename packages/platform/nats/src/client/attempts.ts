import type { Operation } from '@macrolith/contract';
import { backoffMs } from '@macrolith/core';
import { RemoteTimedOut } from './call-errors.js';
import { failureOf, maySendAgain, reasonOf } from './sendable.js';
import type { Target } from './target.js';

/**
 * Sends, and waits for the answer as long as the caller's time lasts: `leftMs`. What has no answer after `patienceMs` is sent once
 * more meanwhile, since the message or whoever had it may be lost; `Infinity` where it may not be. Rejects, and never throws.
 */
export type Attempt<T> = (leftMs: number, patienceMs: number) => Promise<T>;

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
    if (leftMs < 1) return Promise.reject(new RemoteTimedOut(id, nth === 1 ? undefined : now - startedAt));
    const patienceMs = kind === 'task' || nth >= maxAttempts ? Number.POSITIVE_INFINITY : attemptTimeoutMs;
    return target.attempt(
      id,
      () => attempt(leftMs, patienceMs),
      async (error) => {
        const failure = failureOf(error);
        if (failure === undefined || nth >= maxAttempts || !maySendAgain(kind, failure)) throw error;
        const pauseMs = backoffMs(nth, backoff, Math.random());
        if (Date.now() + pauseMs >= deadlineAt || target.circuit !== 'closed') throw error;
        await pause(pauseMs);
        target.sendsAgain(reasonOf(error));
        return make(nth + 1, Date.now());
      },
    );
  };
  return make(1, startedAt);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
