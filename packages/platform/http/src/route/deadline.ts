import type { Operation } from '@macrolith/contract';
import { RequestRefused } from '../problem/request-refused.js';

/** The operation was not done when the request's time was over. It may still finish. */
export class DeadlineExceeded extends RequestRefused {
  constructor(operation: Operation) {
    const advice =
      operation.kind === 'query'
        ? 'Ask again, or for less.'
        : 'It may still be done: send it again with the same Idempotency-Key to learn how it ended.';
    super(504, 'macrolith.deadline-exceeded', `The answer took longer than this server waits. ${advice}`);
  }
}

/** Waits for `work` until `deadlineAt` (milliseconds since the epoch). */
export async function withinDeadline<T>(work: Promise<T>, deadlineAt: number, operation: Operation): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineExceeded(operation)), Math.max(0, deadlineAt - Date.now()));
  // Work that was cut off by a shutdown must not keep the process alive.
  timer.unref();
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
