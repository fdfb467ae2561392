import { errors } from 'jose';
import { PrincipalRefused, type RefusalReason } from './principal-refused.js';

/** Longest token that is looked at. Whoever sends more wants to keep a process busy. */
export const MAX_TOKEN_LENGTH = 8_192;

const BY_CODE: Readonly<Record<string, RefusalReason>> = {
  [errors.JWTExpired.code]: 'expired',
  [errors.JOSEAlgNotAllowed.code]: 'wrong-algorithm',
  [errors.JOSENotSupported.code]: 'wrong-algorithm',
  [errors.JWKSNoMatchingKey.code]: 'unknown-key',
  [errors.JWKSMultipleMatchingKeys.code]: 'unknown-key',
  [errors.JWSSignatureVerificationFailed.code]: 'forged',
};

const BY_CLAIM: Readonly<Record<string, RefusalReason>> = {
  aud: 'wrong-audience',
  iss: 'wrong-issuer',
  nbf: 'not-yet-valid',
  iat: 'not-yet-valid',
};

/** Why jose did not believe a token. Its own error holds the claims, so it is not kept as a cause. */
export function refusalOf(error: unknown): PrincipalRefused {
  if (error instanceof PrincipalRefused) return error;
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isWrong = error.reason === 'check_failed';
    return new PrincipalRefused((isWrong ? BY_CLAIM[error.claim] : undefined) ?? 'incomplete');
  }
  return new PrincipalRefused((error instanceof errors.JOSEError ? BY_CODE[error.code] : undefined) ?? 'malformed');
}
