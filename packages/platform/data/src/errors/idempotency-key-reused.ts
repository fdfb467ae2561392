import { PlatformError } from '@macrolith/core';

/** The same idempotency key came with another input: it already stands for another wish. */
export class IdempotencyKeyReused extends PlatformError {
  readonly code = 'macrolith.idempotency-key-reused';
  constructor(
    readonly operation: string,
    readonly key: string,
  ) {
    super(
      `This idempotency key was used for ${operation} with another input. Use a new key for a new wish, or send the first input again.`,
    );
  }
}
