/** Who a request comes from, and a signed token that says so to the other processes of the system. */

export { IdentitiesUnavailable } from './identities-unavailable.js';
export { PrincipalRefused, type RefusalReason } from './principal-refused.js';
export { type BearerOptions, BearerPrincipals } from './source/bearer-principals.js';
export { DevelopmentPrincipals, DevelopmentPrincipalsInProduction } from './source/development-principals.js';
export { BelievedPrincipals } from './token/believed-principals.js';
export { DevelopmentKeyInProduction, developmentKey } from './token/development-key.js';
export { PrincipalIssuer, type PrincipalIssuerOptions, PrincipalTooLarge } from './token/principal-issuer.js';
export { PrincipalVerifier, type PrincipalVerifierOptions } from './token/principal-verifier.js';
export { InvalidKey, type PublicKeys, publicKeys } from './token/public-keys.js';
export { SignedPrincipals, type SignedPrincipalsOptions } from './token/signed-principals.js';
export { SigningKey } from './token/signing-key.js';
