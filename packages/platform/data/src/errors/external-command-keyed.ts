import { PlatformError } from '@macrolith/core';

/** A command that acts outside the database came with an idempotency key. */
export class ExternalCommandKeyed extends PlatformError {
  readonly code = 'macrolith.external-command-keyed';
  constructor(readonly operation: string) {
    super(
      `${operation} acts outside the database, so its effect and its stored outcome cannot be one transaction. ` +
        'Call it without an idempotency key, and hand one to the service that it calls.',
    );
  }
}
