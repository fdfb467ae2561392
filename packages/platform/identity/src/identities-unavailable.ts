import { PlatformError } from '@macrolith/core';

/** The keys of whoever issues tokens cannot be fetched at the moment, so nobody can tell whether a token is genuine. */
export class IdentitiesUnavailable extends PlatformError {
  readonly code = 'macrolith.identities-unavailable';
  constructor(
    /** What was asked for them. */
    readonly url: string,
    options?: ErrorOptions,
  ) {
    super('Who asks cannot be verified at the moment. Try again shortly.', options);
  }
}
