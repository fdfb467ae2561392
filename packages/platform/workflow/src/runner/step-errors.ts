import type { WireError } from '@macrolith/contract';
import { PlatformError } from '@macrolith/core';
import type { Move } from '../run/move.js';

/** A step did not answer in time. It may have been done: it is called again under the same key. */
export class StepTimedOut extends PlatformError {
  readonly code = 'macrolith.step-timed-out';
  constructor(
    readonly operation: string,
    readonly afterMs: number,
  ) {
    super(`${operation} did not answer within ${afterMs} ms. It is called again under the same idempotency key.`);
  }
}

/** A step inside a transaction answered with an error that it declares. It carries the refusal out of the transaction. */
export class StepRefused extends Error {
  constructor(
    readonly move: Move,
    readonly input: unknown,
    readonly refusal: WireError,
    override readonly cause: unknown,
  ) {
    super(refusal.message, { cause });
  }
}

/** A move could not be made, for a reason that its contract does not declare. */
export class MoveFailed extends Error {
  constructor(
    readonly move: Move,
    override readonly cause: unknown,
  ) {
    super('The move failed.', { cause });
  }
}

/** A run of this id is there already. */
export class AlreadyBegun extends Error {}
