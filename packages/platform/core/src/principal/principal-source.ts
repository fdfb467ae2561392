import type { Identity } from './identity.js';

/** What a source of principals sees of a request. Cookies are there and mean nothing: another site can make a browser send them. */
export interface IdentifiableRequest {
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Tells on whose behalf a request comes. `@macrolith/identity` has some. */
export abstract class PrincipalSource {
  /**
   * Who the request says it comes from; an identity without a principal when it says nothing.
   *
   * @throws Unauthenticated when what it says cannot be believed
   */
  abstract identify(request: IdentifiableRequest): Promise<Identity>;
}
