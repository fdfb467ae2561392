import { PlatformError } from '@macrolith/core';
import type { ProblemCause } from './problem-cause.js';

/** What of a problem its code settles: without a detail, the message of the error is for clients, too. */
type Known = Pick<ProblemCause, 'status' | 'title' | 'headers'> & Partial<Pick<ProblemCause, 'detail'>>;

/** A part of what the request needs is not there now, and is again within seconds or much later. */
const AWAY: Known = {
  status: 503,
  title: 'Not available at the moment',
  detail: 'A part of what this needs cannot be reached. Try again shortly.',
  headers: { 'retry-after': '5' },
};

/** Errors of other platform packages that the client can do something about. */
const KNOWN: Readonly<Record<string, Known>> = {
  // How to say who one is (RFC 9110, section 11.6.1).
  'macrolith.unauthenticated': { status: 401, headers: { 'www-authenticate': 'Bearer' } },
  'macrolith.permission-denied': { status: 403 },
  'macrolith.idempotency-key-reused': { status: 422 },
  'macrolith.keyed-call-under-way': { status: 409 },
  'macrolith.workflow-cancelled': { status: 409 },
  'macrolith.identities-unavailable': { status: 503, headers: { 'retry-after': '5' } },
  'macrolith.commit-outcome-unknown': { status: 504 },
  'macrolith.remote-overloaded': {
    status: 503,
    title: 'Very busy',
    detail: 'More is asked at the moment than can be done. Try again shortly.',
    headers: { 'retry-after': '1' },
  },
  'macrolith.remote-timed-out': {
    status: 504,
    title: 'No answer in time',
    detail: 'It may have been done all the same. Send it again with the same idempotency key to learn how it ended.',
  },
  'macrolith.remote-unavailable': AWAY,
  // Only older processes of the module are there, while it is brought to another version.
  'macrolith.unknown-operation': AWAY,
};

export function platformProblem(error: unknown): ProblemCause | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  const known = KNOWN[error.code];
  return known && { code: error.code, detail: error.message, ...known };
}
