import { randomUUID } from 'node:crypto';
import { type Clock, type Identity, PlatformError, SystemClock } from '@macrolith/core';
import { SignJWT } from 'jose';
import { BoundedCache } from '../bounded-cache.js';
import { MAX_TOKEN_LENGTH } from '../refusal-of.js';
import { ALGORITHM, claimsOf, LONGEST_LIFE_S, TOKEN_TYPE } from './claims.js';
import type { SigningKey } from './signing-key.js';

export interface PrincipalIssuerOptions {
  /** The system that the tokens are for: nobody else believes them. */
  readonly system: string;
  /** The process or deployment that issues them, such as `shell`. */
  readonly issuer: string;
  readonly key: SigningKey;
  readonly clock?: Pick<Clock, 'now'>;
}

/** A principal has more roles and permissions than a header can carry. */
export class PrincipalTooLarge extends PlatformError {
  readonly code = 'macrolith.principal-too-large';
  constructor(
    readonly principal: string,
    readonly length: number,
  ) {
    super(
      `A token that says all roles and permissions of '${principal}' has ${length} characters, and ${MAX_TOKEN_LENGTH} are believed at most. ` +
        'Give it fewer, or `*` where it may do everything.',
    );
  }
}

/** A token is used while this much of its life is left: it is verified where it arrives, and not while it is worked on. */
const LEFT_MS = 15_000;
/** Identities whose tokens are kept. One that was not used for long is signed for again. */
const MAX_KEPT = 1_000;

interface Kept {
  readonly token: Promise<string>;
  readonly usableUntil: number;
}

/**
 * Says to other processes on whose behalf this one calls: a signed token (JWS, Ed25519) that lives a minute. It is signed
 * once for each identity and used until shortly before it expires, so that a call costs no signature.
 */
export class PrincipalIssuer {
  private readonly kept = new BoundedCache<Kept>(MAX_KEPT);
  private readonly clock: Pick<Clock, 'now'>;

  constructor(private readonly options: PrincipalIssuerOptions) {
    this.clock = options.clock ?? new SystemClock();
  }

  /**
   * The token of an identity; `undefined` when there is nobody to speak of.
   *
   * @throws PrincipalTooLarge
   */
  async token(identity: Identity): Promise<string | undefined> {
    const claims = claimsOf(identity);
    if (claims === undefined) return undefined;
    const key = JSON.stringify(claims);
    const now = this.clock.now();
    const known = this.kept.get(key);
    if (known !== undefined && now < known.usableUntil) return known.token;
    const token = this.sign(claims, now);
    this.kept.set(key, { token, usableUntil: now + LONGEST_LIFE_S * 1_000 - LEFT_MS });
    // A failure is not kept.
    token.catch(() => this.kept.delete(key));
    return token;
  }

  private async sign(claims: NonNullable<ReturnType<typeof claimsOf>>, now: number): Promise<string> {
    const { system, issuer, key } = this.options;
    const issuedAt = Math.floor(now / 1_000);
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE, kid: key.publicKey.kid })
      .setIssuer(issuer)
      .setAudience(system)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LONGEST_LIFE_S)
      .setJti(randomUUID())
      .sign(key.privateKey);
    if (token.length > MAX_TOKEN_LENGTH) throw new PrincipalTooLarge(claims.sub, token.length);
    return token;
  }
}
