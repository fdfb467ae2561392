import type { OperationKind } from '@macrolith/contract';
import { PlatformError } from '@macrolith/core';
import { RemoteOverloaded, RemoteRefused, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';

/** What a failed attempt means for the call. */
export interface Failure {
  /** Nothing was begun, for certain. */
  readonly isUntouched: boolean;
  /** Whether the same may come out well a little later. */
  readonly isPassing: boolean;
  /** Whether the module as a whole seems to be in trouble, and not this one call. */
  readonly isOfTarget: boolean;
}

const PASSING_REFUSALS: ReadonlySet<string> = new Set([
  // Another process may serve a newer version.
  'unknown-operation',
  // An earlier attempt is still being worked on.
  'keyed-call-under-way',
  'commit-outcome-unknown',
]);

/** `undefined` for what is no failure of the transport, but an answer. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  if (error instanceof RemoteUnavailable) {
    const { reason } = error;
    const isOwn = reason === 'circuit-open';
    return { isUntouched: reason !== 'connection-lost', isPassing: !isOwn, isOfTarget: !isOwn };
  }
  if (error instanceof RemoteTimedOut) return { isUntouched: false, isPassing: true, isOfTarget: true };
  if (error instanceof RemoteOverloaded) {
    return { isUntouched: true, isPassing: error.at === 'provider', isOfTarget: false };
  }
  if (error instanceof RemoteRefused && PASSING_REFUSALS.has(error.refusal.code)) {
    return { isUntouched: error.refusal.code === 'unknown-operation', isPassing: true, isOfTarget: false };
  }
  return undefined;
}

/**
 * Whether the call may be sent again. What was not begun may always; what may have been done, if it changes nothing or if the
 * provider knows it by its key. A task comes again by itself, out of its outbox.
 */
export function maySendAgain(kind: OperationKind, { isUntouched, isPassing }: Failure): boolean {
  return isPassing && (isUntouched || kind !== 'task');
}
