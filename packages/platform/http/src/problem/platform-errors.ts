import { PlatformError } from '@macrolith/core';
import type { ProblemCause } from './problem-cause.js';

/** What of a problem its code settles: without a detail, the message of the error is for clients, too. */
type Known = Pick<ProblemCause, 'status' | 'title' | 'headers'> & Partial<Pick<ProblemCause, 'detail'>>;

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
  // A process that is served by an older version of a module than it calls: the newer one is on its way.
  'macrolith.unknown-operation': {
    status: 503,
    title: 'Not available yet',
    detail: 'A part of what this needs is being brought up to date. Try again shortly.',
    headers: { 'retry-after': '5' },
  },
  'macrolith.payload-too-large': {
    status: 413,
    detail: 'What was asked, or its answer, is larger than can be handed on. Ask for less at once.',
  },
  'macrolith.remote-unavailable': {
    status: 503,
    title: 'Not available at the moment',
    detail: 'A part of what this needs cannot be reached. Try again shortly.',
    headers: { 'retry-after': '5' },
  },
};

export function platformProblem(error: unknown): ProblemCause | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  const known = KNOWN[error.code];
  return known && { code: error.code, detail: error.message, ...known };
}
