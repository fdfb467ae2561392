import type { Identity } from './identity.js';

/**
 * Vouches towards other processes for those on whose behalf this one calls, and believes the others. The DI token:
 * `@macrolith/identity` has tokens that are signed. Without any, a call on somebody's behalf is neither sent nor accepted.
 */
export abstract class PrincipalTokens {
  /** What travels with a call; `undefined` when this process does not vouch for anybody. */
  abstract issue(identity: Identity): Promise<string | undefined>;
  /**
   * Who stands behind a call that came with this token.
   *
   * @throws Unauthenticated when it cannot be believed
   */
  abstract verify(token: string): Promise<Identity>;
}
