import { PlatformError } from '@macrolith/core';
import type { DeliveredMessage } from '../log/message.js';

/** What the outlet to the stream is called among the consumers of every outbox. */
export const JETSTREAM = '@jetstream';

/**
 * Where messages leave for something outside of this database, a broker: a consumer of every outbox that is no method of
 * a module.
 */
export abstract class Outlet {
  /** Its name among the consumers of a log. */
  abstract readonly consumer: string;
  /** Whether messages can leave now. While they cannot, none is handed to it. */
  abstract readonly isOpen: boolean;
  /** Resolves when the other side has stored the message. @throws OutletClosed when it is to be tried again without end */
  abstract send(message: DeliveredMessage): Promise<void>;
}

/**
 * Why an outlet does not take a message.
 * - `denied`: this process has no right to it. Somebody has to give it that.
 * - `unavailable`: the other side cannot be reached, or is not ready. That passes by itself.
 */
export type ClosedOutletReason = 'denied' | 'unavailable';

const WHAT_THEN: Readonly<Record<ClosedOutletReason, (outlet: string, reason: string) => string>> = {
  denied: (outlet, reason) =>
    `'${outlet}' does not take it from this process: ${reason}. The message waits until the process has the right to it.`,
  unavailable: (outlet, reason) =>
    `'${outlet}' takes nothing now: ${reason}. The message waits, and is sent when it does.`,
};

/** A message could not leave for a reason that is none of its own. */
export class OutletClosed extends PlatformError {
  readonly code = 'macrolith.outlet-closed';
  constructor(
    readonly outlet: string,
    readonly reason: ClosedOutletReason,
    options: ErrorOptions,
  ) {
    super(WHAT_THEN[reason](outlet, reasonOf(options.cause)), options);
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
