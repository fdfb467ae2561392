import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BearerPrincipals,
  DevelopmentPrincipals,
  DevelopmentPrincipalsInProduction,
  IdentitiesUnavailable,
  InvalidKey,
  PrincipalRefused,
} from '@macrolith/identity';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

const ISSUER = 'https://id.shop.example/';

/** Of a token; `undefined` leaves a claim out. */
type Claims = Readonly<Record<string, unknown>>;

/** An identity provider: it signs tokens and serves its keys. */
class Provider {
  readonly keys: JWK[] = [];
  private readonly signing: CryptoKey[] = [];

  async addKey(algorithm = 'ES256'): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm);
    this.keys.push({ ...(await exportJWK(publicKey)), kid: `${this.keys.length}`, alg: algorithm });
    this.signing.push(privateKey);
  }

  token(claims: Claims = {}, kid = 0): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: ISSUER, aud: 'shop', sub: 'ada', iat: now, exp: now + 300, ...claims })
      .setProtectedHeader({ alg: this.keys[kid]!.alg!, kid: `${kid}` })
      .sign(this.signing[kid]!);
  }
}

const provider = new Provider();
let server: Server;
let url: URL;
let requests = 0;
beforeAll(async () => {
  await provider.addKey('ES256');
  await provider.addKey('RS256');
  server = createServer((_request, response) => {
    requests += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: provider.keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
});
afterAll(() => {
  server.close();
});

const believing = (options: Partial<ConstructorParameters<typeof BearerPrincipals>[0]> = {}) =>
  new BearerPrincipals({ issuer: ISSUER, audience: 'shop', keys: url, ...options });
const withHeader = (authorization: string) => ({ headers: { authorization } });
const bearing = async (claims: Claims = {}, kid = 0) => withHeader(`Bearer ${await provider.token(claims, kid)}`);

describe('The source for development', () => {
  test('takes everybody for the developer, who may do everything', async () => {
    const source = new DevelopmentPrincipals({});
    expect(await source.identify()).toEqual({ principal: { id: 'developer', permissions: ['*'] } });
  });

  test('cannot be made in production, and says what to do instead', () => {
    const make = () => new DevelopmentPrincipals({ NODE_ENV: 'production' });
    expect(make).toThrow(DevelopmentPrincipalsInProduction);
    expect(make).toThrow(/NODE_ENV is production.*BEARER_ISSUER.*PRINCIPALS=none/);
  });
});

describe('A bearer token', () => {
  test.each([0, 1])('says who asks, and what may be done on their behalf (key %i)', async (kid) => {
    const claims = { permissions: ['orders.mend'], roles: ['clerk'], tenant: 'acme' };
    expect(await believing().identify(await bearing(claims, kid))).toEqual({
      principal: { id: 'ada', permissions: ['orders.mend'], roles: ['clerk'] },
      tenant: 'acme',
    });
  });

  test('may have its permissions in another claim, as words', async () => {
    const request = await bearing({ scope: 'orders.mend  inventory.receive', permissions: ['*'] });
    expect(await believing({ permissionsClaim: 'scope' }).identify(request)).toEqual({
      principal: { id: 'ada', permissions: ['orders.mend', 'inventory.receive'] },
    });
  });

  test('without permissions lets its principal do what asks for none', async () => {
    expect(await believing().identify(await bearing())).toEqual({ principal: { id: 'ada', permissions: [] } });
  });

  test('is verified with keys that are given, too', async () => {
    const source = believing({ keys: { keys: provider.keys } });
    expect(await source.identify(await bearing())).toMatchObject({ principal: { id: 'ada' } });
  });

  test('is verified once, for as long as it comes again', async () => {
    const source = believing();
    const request = await bearing();
    const [first, again] = [await source.identify(request), await source.identify(request)];
    expect(again).toBe(first);
  });

  test('is verified with keys that were fetched once, however many tokens come', async () => {
    const before = requests;
    const source = believing();
    await source.identify(await bearing());
    expect(requests).toBe(before + 1);
    await expect(source.identify(await bearing({}, 1))).resolves.toBeDefined();
    expect(requests).toBe(before + 1);
  });
});

describe('A request without a bearer token', () => {
  test.each([
    ['nothing', {}],
    ['credentials of another scheme', { authorization: 'Basic YWRhOnNlY3JldA==' }],
    ['a cookie', { cookie: 'token=abc; session=1' }],
  ])('comes from nobody in particular where it has %s', async (_what, headers) => {
    expect(await believing().identify({ headers: headers as Record<string, string> })).toEqual({});
  });
});

describe('A bearer token is refused', () => {
  const past = Math.floor(Date.now() / 1_000) - 60;

  test.each<readonly [what: string, reason: string, claims: Claims]>([
    ['of another issuer', 'wrong-issuer', { iss: 'https://elsewhere.example/' }],
    ['for another service', 'wrong-audience', { aud: 'warehouse' }],
    ['that has expired', 'expired', { exp: past }],
    ['that is not valid yet', 'not-yet-valid', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['that never expires', 'incomplete', { exp: undefined }],
    ['that speaks of nobody', 'incomplete', { sub: undefined }],
  ])('%s: %s', async (_what, reason, claims) => {
    await expect(believing().identify(await bearing(claims))).rejects.toMatchObject({ reason });
  });

  test.each<readonly [what: string, reason: string, header: () => Promise<string>]>([
    ['that is none', 'malformed', async () => 'Bearer abc'],
    ['that is missing', 'malformed', async () => 'Bearer '],
    ['with something behind it', 'malformed', async () => `Bearer ${await provider.token()} and more`],
    ['that is huge', 'too-large', async () => `Bearer ${'A'.repeat(9_000)}`],
    ['of a key that nobody has', 'unknown-key', async () => `Bearer ${await strangers({})}`],
    ['signed under the name of another key', 'forged', async () => `Bearer ${await strangers({ kid: '0' })}`],
    ['signed with a shared secret', 'wrong-algorithm', sharedSecret],
  ])('%s: %s', async (_what, reason, header) => {
    const failure = await believing()
      .identify(withHeader(await header()))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PrincipalRefused);
    expect(failure).toMatchObject({ reason });
  });

  async function strangers({ kid = 'x' }: { kid?: string }): Promise<string> {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT({ iss: ISSUER, aud: 'shop', sub: 'ada' })
      .setExpirationTime('5m')
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(privateKey);
  }

  async function sharedSecret(): Promise<string> {
    const token = await new SignJWT({ iss: ISSUER, aud: 'shop', sub: 'ada' })
      .setExpirationTime('5m')
      .setProtectedHeader({ alg: 'HS256', kid: '0' })
      .sign(Buffer.from(provider.keys[0]!.x!, 'base64url'));
    return `Bearer ${token}`;
  }
});

describe('The keys of the issuer', () => {
  test('that cannot be fetched make it unknown who asks, which is nobody’s lie', async () => {
    const source = believing({ keys: new URL('http://127.0.0.1:1/keys') });
    const failure = await source.identify(await bearing()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(IdentitiesUnavailable);
    expect(failure).toMatchObject({ url: 'http://127.0.0.1:1/keys', code: 'macrolith.identities-unavailable' });
  });

  test('are not fetched over a way on which somebody could change them', () => {
    expect(() => believing({ keys: new URL('http://id.shop.example/keys') })).toThrow(InvalidKey);
    expect(() => believing({ keys: new URL('https://id.shop.example/keys') })).not.toThrow();
  });
});
