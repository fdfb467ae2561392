/**
 * How a piece of work ended.
 * - `ok`: as asked.
 * - `declared`: with an error that the contract declares. A business answer, not a fault.
 * - `refused`: the platform did not let it happen, or an argument did not fit.
 * - `undeclared`: with an error that nobody promised, a fault of ours.
 */
export type Outcome = { readonly is: 'ok' } | Failure;

export interface Failure {
  readonly is: 'declared' | 'refused' | 'undeclared';
  /** The error's code; for an error without one a constant. One of a limited number, since it becomes a label. */
  readonly type: string;
}

export const OK: Outcome = Object.freeze({ is: 'ok' });
export const UNDECLARED: Failure = Object.freeze({ is: 'undeclared', type: 'undeclared' });
