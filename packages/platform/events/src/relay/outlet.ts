import { PlatformError } from '@macrolith/core';
import type { DeliveredMessage } from '../log/message.js';

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

/** A message could not leave for a reason that is none of its own. */
export class OutletClosed extends PlatformError {
  readonly code = 'macrolith.outlet-closed';
  constructor(
    readonly outlet: string,
    options: ErrorOptions,
  ) {
    super(
      `'${outlet}' takes nothing now: ${reasonOf(options.cause)}. The message waits, and is sent when it does.`,
      options,
    );
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
