import { type Clock, type Identity, SystemClock } from '@macrolith/core';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { BoundedCache } from '../bounded-cache.js';
import { PrincipalRefused } from '../principal-refused.js';
import { MAX_TOKEN_LENGTH, refusalOf } from '../refusal-of.js';
import { ALGORITHM, identityOf, LONGEST_LIFE_S, readClaims, TOKEN_TYPE } from './claims.js';
import { type PublicKeys, publicKeys } from './public-keys.js';

export interface PrincipalVerifierOptions {
  /** The system that tokens must be for. */
  readonly system: string;
  /**
   * Whom this process believes. To change a key, add the new one everywhere first, then sign with it, and take the old one
   * out a minute later.
   */
  readonly keys: PublicKeys;
  /** How far clocks of two machines may be apart, in seconds. Default 5. */
  readonly toleranceS?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

/** Tokens whose verification is remembered. */
const MAX_KEPT = 1_000;

interface Verified {
  readonly identity: Identity;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Finds out who stands behind a call that came over a wire. A token that was verified is believed again without its signature
 * being computed, until it expires.
 */
export class PrincipalVerifier {
  private readonly kept = new BoundedCache<Verified>(MAX_KEPT);
  private readonly keyOf: JWTVerifyGetKey;
  private readonly toleranceS: number;
  private readonly clock: Pick<Clock, 'now'>;

  /** @throws InvalidKey */
  constructor(private readonly options: PrincipalVerifierOptions) {
    const keys = createLocalJWKSet(publicKeys(options.keys) as JSONWebKeySet);
    this.keyOf = (header, token) => {
      // Without an id the only key of a set would do, until there are two of them.
      if (typeof header.kid !== 'string') throw new PrincipalRefused('unknown-key');
      return keys(header, token);
    };
    this.toleranceS = options.toleranceS ?? 5;
    this.clock = options.clock ?? new SystemClock();
  }

  /** @throws PrincipalRefused */
  async verify(token: string): Promise<Identity> {
    if (token.length > MAX_TOKEN_LENGTH) throw new PrincipalRefused('too-large');
    const now = this.clock.now();
    const known = this.kept.get(token);
    if (known !== undefined && now < known.until) return known.identity;
    const verified = await this.verified(token, now);
    this.kept.set(token, verified);
    return verified.identity;
  }

  private async verified(token: string, now: number): Promise<Verified> {
    const { payload } = await jwtVerify(token, this.keyOf, {
      algorithms: [ALGORITHM],
      typ: TOKEN_TYPE,
      audience: this.options.system,
      clockTolerance: this.toleranceS,
      currentDate: new Date(now),
      // However long a token says that it lives.
      maxTokenAge: LONGEST_LIFE_S,
      requiredClaims: ['iss', 'sub', 'iat', 'exp', 'jti'],
    }).catch((error) => {
      throw refusalOf(error);
    });
    const claims = readClaims(payload);
    if (claims === undefined) throw new PrincipalRefused('incomplete');
    const endsAt = Math.min(claims.exp, claims.iat + LONGEST_LIFE_S);
    return { identity: identityOf(claims), until: (endsAt + this.toleranceS) * 1_000 };
  }
}
