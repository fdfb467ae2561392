import { PlatformError } from '@macrolith/core';
import type { ProblemCause } from './problem-cause.js';

/** Errors of other platform packages that the client can do something about. */
const STATUS: Readonly<Record<string, number>> = {
  'macrolith.unauthenticated': 401,
  'macrolith.permission-denied': 403,
  'macrolith.idempotency-key-reused': 422,
  'macrolith.keyed-call-under-way': 409,
  'macrolith.workflow-cancelled': 409,
  'macrolith.identities-unavailable': 503,
  'macrolith.commit-outcome-unknown': 504,
  'macrolith.remote-overloaded': 503,
  'macrolith.remote-timed-out': 504,
  'macrolith.remote-unavailable': 503,
};

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // How to say who one is (RFC 9110, section 11.6.1).
  'macrolith.unauthenticated': { 'www-authenticate': 'Bearer' },
  'macrolith.identities-unavailable': { 'retry-after': '5' },
};

export function platformProblem(error: unknown): ProblemCause | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  const status = STATUS[error.code];
  const headers = HEADERS[error.code];
  if (status === undefined) return undefined;
  return { status, code: error.code, detail: error.message, ...(headers !== undefined && { headers }) };
}
