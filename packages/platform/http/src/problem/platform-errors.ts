import { PlatformError } from '@macrolith/core';
import type { ProblemCause } from './problem-cause.js';

/** Errors of other platform packages that the client can do something about. */
const STATUS: Readonly<Record<string, number>> = {
  'macrolith.idempotency-key-reused': 422,
  'macrolith.keyed-call-under-way': 409,
  'macrolith.workflow-cancelled': 409,
  'macrolith.commit-outcome-unknown': 504,
  'macrolith.remote-overloaded': 503,
  'macrolith.remote-timed-out': 504,
  'macrolith.remote-unavailable': 503,
};

export function platformProblem(error: unknown): ProblemCause | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  const status = STATUS[error.code];
  return status === undefined ? undefined : { status, code: error.code, detail: error.message };
}
