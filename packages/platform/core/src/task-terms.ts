import type { BackoffOptions } from './backoff.js';

/** How a task that fails is repeated. What is left out is as for everything else of whoever repeats it. */
export interface TaskRetry {
  readonly maxAttempts?: number;
  readonly backoff?: Partial<BackoffOptions>;
}

/**
 * What modules ask of those in other processes who have tasks done here: limits, and how what failed is repeated.
 * `@macrolith/events` provides it, from what modules say about their tasks.
 */
export abstract class TaskTerms {
  /** The right to do a task now, by its id, until `end` is called; `undefined` where as many are at work as may be. */
  abstract begin(task: string): Promise<{ readonly end: () => Promise<void> } | undefined>;

  abstract retryOf(task: string): TaskRetry | undefined;
}

/** What is known of a task that another process did not do, besides the error. */
export interface NotDoneElsewhere {
  /** It was certainly not begun, and may be when it is asked for again after so long. */
  readonly askAgainInMs?: number;
  /** It failed, and its module wants it to be repeated in this way. */
  readonly retry?: TaskRetry | undefined;
}

const KNOWN = new WeakMap<object, NotDoneElsewhere>();

/** Notes what whoever repeats the task has to know. The error stays what it would be in the same process. */
export function noteNotDone(error: unknown, known: NotDoneElsewhere): void {
  if (typeof error === 'object' && error !== null) KNOWN.set(error, known);
}

/** Nothing of a task that failed here. */
export function notDoneElsewhere(error: unknown): NotDoneElsewhere {
  return (typeof error === 'object' && error !== null ? KNOWN.get(error) : undefined) ?? {};
}
