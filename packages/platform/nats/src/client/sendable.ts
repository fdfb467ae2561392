import { InvalidInput, type OperationKind } from '@macrolith/contract';
import { CallCancelled, PlatformError } from '@macrolith/core';
import {
  DeniedByNats,
  PayloadTooLarge,
  RemoteOverloaded,
  RemoteRefused,
  RemoteTimedOut,
  RemoteUnavailable,
} from './call-errors.js';

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
  if (error instanceof RemoteTimedOut) {
    const wasAwaited = error.afterMs !== undefined;
    return { isUntouched: !wasAwaited, isPassing: true, isOfTarget: wasAwaited };
  }
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

/** Whether somebody out there has answered, if only with a refusal. What the call came to by itself says nothing of its module. */
export function isAnswer(error: unknown): boolean {
  if (error instanceof InvalidInput) return true;
  if (!(error instanceof PlatformError) || OWN_ENDS.some((End) => error instanceof End)) return false;
  if (error instanceof RemoteUnavailable) return false;
  if (error instanceof RemoteOverloaded) return error.at === 'provider';
  return !(error instanceof RemoteTimedOut) || error.afterMs === undefined;
}

const OWN_ENDS = [CallCancelled, PayloadTooLarge, DeniedByNats];

/** What a failure is called in figures: a word of the refusal's or of the errors' own, of which there are few. */
export function reasonOf(error: unknown): string {
  if (error instanceof RemoteUnavailable) return error.reason;
  if (error instanceof RemoteOverloaded) return 'overloaded';
  if (error instanceof RemoteRefused) return error.refusal.code;
  return 'timed-out';
}
