export interface BackoffOptions {
  /** Upper bound of the wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** No wait is longer, in milliseconds. */
  readonly maxMs: number;
}

/**
 * How long to wait before the next attempt: exponential with full jitter, so that what failed together does not come
 * back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param failures how often it failed so far, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(failures: number, { firstMs, maxMs }: BackoffOptions, random: number): number {
  const bound = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(random * bound);
}
