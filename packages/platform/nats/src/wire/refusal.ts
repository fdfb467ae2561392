import type { Issue } from '@macrolith/contract';

/**
 * Why a process did not have an operation done, or cannot say what came of it.
 *
 * - `overloaded`: it has as much under way as it takes. Nothing was begun.
 * - `unknown-operation`: its contract has no such operation. Another version may.
 * - `invalid-input`: the body is no JSON, or does not fit the operation's input.
 * - `deadline-passed`: the caller's time was over before it was begun.
 * - `protocol`: the headers are not those of this protocol.
 * - `payload-too-large`: the answer does not fit into a message of NATS.
 * - `unauthenticated`, `permission-denied`: the principal cannot be believed, or may not.
 *
 * The others are what the platform says of commands under a key and of workflows, as in the process itself.
 */
export const REFUSALS = {
  overloaded: 503,
  'unknown-operation': 404,
  'invalid-input': 400,
  'deadline-passed': 504,
  protocol: 400,
  'payload-too-large': 500,
  unauthenticated: 401,
  'permission-denied': 403,
  'idempotency-key-reused': 422,
  'keyed-call-under-way': 409,
  'commit-outcome-unknown': 504,
  'workflow-pending': 202,
  'workflow-cancelled': 409,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The body of a `refused` answer. */
export interface Refusal {
  readonly code: RefusalCode;
  /** For a person: what happened, why, and what to do. */
  readonly message: string;
  /** Of `invalid-input`: where, and what was expected. */
  readonly issues?: readonly Issue[];
  /** Of a workflow's refusals: which run it is about. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What the platform may say within a call, and means the call to that process as a whole. */
const OF_THE_CALL: ReadonlySet<string> = new Set<RefusalCode>([
  'unauthenticated',
  'permission-denied',
  'idempotency-key-reused',
  'keyed-call-under-way',
  'commit-outcome-unknown',
  'workflow-pending',
  'workflow-cancelled',
]);

export function isRefusalOfTheCall(code: string): code is RefusalCode {
  return OF_THE_CALL.has(code);
}
