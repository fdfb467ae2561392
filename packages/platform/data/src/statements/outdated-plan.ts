import type { KnownStatement, StatementNames } from './statement-names.js';

const FEATURE_NOT_SUPPORTED = '0A000';

/**
 * Whether a prepared statement failed before it did anything, because a column that it answers has another type now
 * ("cached plan must not change result type"): a migration ran since the connection prepared it.
 */
export function isOutdatedPlan(error: Error): boolean {
  const { code, routine } = error as Error & { code?: string; routine?: string };
  return code === FEATURE_NOT_SUPPORTED && routine === 'RevalidateCachedQuery';
}

/** Takes the name of an outdated plan out of use, so that the next time succeeds. Answers whether it was one. */
export function renewOutdatedPlan(
  names: StatementNames,
  statement: KnownStatement,
  name: string,
  error: Error,
): boolean {
  if (!isOutdatedPlan(error)) return false;
  names.renew(statement, name);
  return true;
}
