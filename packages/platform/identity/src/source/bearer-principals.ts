import { z } from '@macrolith/contract';
import { type Clock, type IdentifiableRequest, type Identity, PrincipalSource, SystemClock } from '@macrolith/core';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { BoundedCache } from '../bounded-cache.js';
import { IdentitiesUnavailable } from '../identities-unavailable.js';
import { PrincipalRefused } from '../principal-refused.js';
import { MAX_TOKEN_LENGTH, refusalOf } from '../refusal-of.js';
import { InvalidKey } from '../token/public-keys.js';
import { bearerToken } from './bearer-token.js';

export interface BearerOptions {
  /** Who issues the tokens: their `iss`, to the letter. */
  readonly issuer: string;
  /** Whom they are for: their `aud`. A token that somebody got for another service is refused. */
  readonly audience: string;
  /** Where the issuer serves its keys (a JSON Web Key Set, over https unless on this machine), or the keys themselves. */
  readonly keys: URL | JSONWebKeySet;
  /** The claim that holds the permissions, as a list or as words. Default `permissions`. */
  readonly permissionsClaim?: string;
  /** How far clocks may be apart, in seconds. Default 5. */
  readonly toleranceS?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

/** Signatures by a key that nobody else has. Those by a shared secret (HS…) let every verifier issue tokens. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'PS256', 'RS256'];
const MAX_KEPT = 1_000;
/** A token is looked at anew after this time, so that a key that the issuer took back stops counting. */
const KEPT_MS = 60_000;
const FETCH_MS = 5_000;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

const Words = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(' ').filter(Boolean))])
  .optional();

interface Verified {
  readonly identity: Identity;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Believes bearer tokens (RFC 6750) that an identity provider issued as signed JWTs. `sub` is the principal's id; `roles` and
 * `tenant` are read where they are there. Cookies mean nothing, so no other site can act for somebody.
 */
export class BearerPrincipals extends PrincipalSource {
  private readonly kept = new BoundedCache<Verified>(MAX_KEPT);
  private readonly keyOf: JWTVerifyGetKey;
  private readonly permissionsClaim: string;
  private readonly toleranceS: number;
  private readonly clock: Pick<Clock, 'now'>;

  /** @throws InvalidKey when the keys could be changed on their way here */
  constructor(private readonly options: BearerOptions) {
    super();
    this.keyOf = keysOf(options.keys);
    this.permissionsClaim = options.permissionsClaim ?? 'permissions';
    this.toleranceS = options.toleranceS ?? 5;
    this.clock = options.clock ?? new SystemClock();
  }

  /**
   * @throws PrincipalRefused
   * @throws IdentitiesUnavailable while the issuer's keys cannot be fetched
   */
  override async identify(request: IdentifiableRequest): Promise<Identity> {
    const token = bearerToken(request);
    if (token === undefined) return {};
    if (token.length > MAX_TOKEN_LENGTH) throw new PrincipalRefused('too-large');
    const now = this.clock.now();
    const known = this.kept.get(token);
    if (known !== undefined && now < known.until) return known.identity;
    const payload = await this.verified(token, now);
    const identity = this.identityOf(payload);
    const endsAt = (payload.exp! + this.toleranceS) * 1_000;
    this.kept.set(token, { identity, until: Math.min(endsAt, now + KEPT_MS) });
    return identity;
  }

  private async verified(token: string, now: number): Promise<JWTPayload> {
    const { issuer, audience, keys } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keyOf, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: this.toleranceS,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (keys instanceof URL && isOfTheFetch(error)) throw new IdentitiesUnavailable(keys.href, { cause: error });
      throw refusalOf(error);
    }
  }

  private identityOf(payload: JWTPayload): Identity {
    const { sub: id, tenant } = payload;
    const roles = Words.safeParse(payload.roles).data;
    const permissions = Words.safeParse(payload[this.permissionsClaim]).data ?? [];
    if (id === undefined || id === '') throw new PrincipalRefused('incomplete');
    return Object.freeze({
      principal: Object.freeze({ id, ...(roles !== undefined && { roles }), permissions }),
      ...(typeof tenant === 'string' && tenant !== '' && { tenant }),
    });
  }
}

function keysOf(keys: URL | JSONWebKeySet): JWTVerifyGetKey {
  if (!(keys instanceof URL)) return createLocalJWKSet(keys);
  if (keys.protocol !== 'https:' && !(keys.protocol === 'http:' && LOOPBACK.has(keys.hostname))) {
    throw new InvalidKey(
      'Keys are fetched over https, or from this machine: on another way somebody could change them.',
    );
  }
  return createRemoteJWKSet(keys, { timeoutDuration: FETCH_MS });
}

/** Everything that jose says about a token is a `JOSEError`; what `fetch` says of the network is not, and these two are not about it. */
function isOfTheFetch(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}
