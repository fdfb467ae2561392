import { PrincipalTokens } from '@macrolith/core';
import { PrincipalVerifier, type PrincipalVerifierOptions } from './principal-verifier.js';

/** Tokens that others sign and this process verifies: it is called on behalf of others, and speaks for nobody itself. */
export class BelievedPrincipals extends PrincipalTokens {
  private readonly verifier: PrincipalVerifier;

  /** @throws InvalidKey */
  constructor(options: PrincipalVerifierOptions) {
    super();
    this.verifier = new PrincipalVerifier(options);
  }

  override async issue(): Promise<undefined> {}

  override verify(token: string) {
    return this.verifier.verify(token);
  }
}
