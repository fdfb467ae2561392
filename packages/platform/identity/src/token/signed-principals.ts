import { type Identity, PrincipalTokens } from '@macrolith/core';
import { PrincipalIssuer, type PrincipalIssuerOptions } from './principal-issuer.js';
import { PrincipalVerifier } from './principal-verifier.js';
import type { PublicKeys } from './public-keys.js';

export interface SignedPrincipalsOptions extends PrincipalIssuerOptions {
  /** Whom this process believes. Default: whoever has its own key. */
  readonly keys?: PublicKeys | undefined;
}

/** Tokens that one process of a system signs and the others verify. */
export class SignedPrincipals extends PrincipalTokens {
  private readonly issuer: PrincipalIssuer;
  private readonly verifier: PrincipalVerifier;

  /** @throws InvalidKey */
  constructor({ keys, ...options }: SignedPrincipalsOptions) {
    super();
    this.issuer = new PrincipalIssuer(options);
    this.verifier = new PrincipalVerifier({ ...options, keys: keys ?? { keys: [options.key.publicKey] } });
  }

  override issue(identity: Identity): Promise<string | undefined> {
    return this.issuer.token(identity);
  }

  override verify(token: string): Promise<Identity> {
    return this.verifier.verify(token);
  }
}
