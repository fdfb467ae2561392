import type { CallContext } from '@macrolith/core';

/** What a call says of those on whose behalf it is made. */
export type Vouched = Pick<CallContext, 'principal' | 'tenant'>;

/**
 * Vouches for principals towards other processes, and believes those who vouch. The DI token: without one, a call on behalf of
 * a principal is neither sent nor accepted.
 */
export abstract class PrincipalTokens {
  /** A compact JWS for a call to a module on behalf of the principal in the context. */
  abstract issue(context: CallContext, module: string): string | Promise<string>;
  /** @throws PlatformError with the code `macrolith.unauthenticated` when it cannot be believed */
  abstract verify(token: string, module: string): Promise<Vouched>;
}
