import { PlatformError } from '@macrolith/core';

/** The same call is under way under the same idempotency key, and did not end while this one waited for it. */
export class KeyedCallUnderWay extends PlatformError {
  readonly code = 'macrolith.keyed-call-under-way';
  constructor(readonly operation: string) {
    super(
      `${operation} is under way under this idempotency key and has not ended yet. ` +
        'Send it again with the same key a little later to learn how it ended.',
    );
  }
}
