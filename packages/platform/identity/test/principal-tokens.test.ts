import { beforeAll, describe, expect, test } from '@jest/globals';
import { PlatformError, type Principal, Unauthenticated } from '@macrolith/core';
import {
  InvalidKey,
  PrincipalIssuer,
  PrincipalRefused,
  PrincipalTooLarge,
  PrincipalVerifier,
  publicKeys,
  SigningKey,
} from '@macrolith/identity';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { StoppedClock } from './clock.js';

const ada: Principal = { id: 'ada', roles: ['buyer'], permissions: ['orders.place', 'orders.read'] };

let key: SigningKey;
let another: SigningKey;
beforeAll(async () => {
  [key, another] = await Promise.all([SigningKey.generate(), SigningKey.generate()]);
});

function issuing(options: { key?: SigningKey; system?: string; clock?: StoppedClock } = {}) {
  const { clock = new StoppedClock() } = options;
  const issuer = new PrincipalIssuer({
    system: options.system ?? 'shop',
    issuer: 'shell',
    key: options.key ?? key,
    clock,
  });
  return { clock, issuer, token: (principal = ada) => issuer.token({ principal }) as Promise<string> };
}

function verifying(clock: StoppedClock, keys = [key]) {
  return new PrincipalVerifier({ system: 'shop', keys: { keys: keys.map(({ publicKey }) => publicKey) }, clock });
}

/** Of a token that is to be refused; `undefined` leaves a claim out. */
type Claims = Readonly<Record<string, unknown>>;

/** A token with claims and a header of the test's own, signed well. */
function signed(claims: Claims, header: object = {}, by = key): Promise<string> {
  const iat = Date.parse('2026-11-26T12:00:00Z') / 1_000;
  return new SignJWT({
    sub: 'ada',
    kind: 'principal',
    iss: 'shell',
    aud: 'shop',
    iat,
    exp: iat + 60,
    jti: '1',
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'macrolith-principal+jwt', kid: by.publicKey.kid, ...header })
    .sign(by.privateKey);
}

describe('A principal', () => {
  test('arrives in the other process as it was, with its tenant', async () => {
    const { issuer, clock } = issuing();
    const token = await issuer.token({ principal: ada, tenant: 'acme' });
    expect(await verifying(clock).verify(token!)).toEqual({ principal: ada, tenant: 'acme' });
  });

  test('is spoken of by a token of a minute for one system, which names its key and itself', async () => {
    const { token } = issuing();
    const text = await token();
    expect(decodeProtectedHeader(text)).toEqual({
      alg: 'EdDSA',
      typ: 'macrolith-principal+jwt',
      kid: key.publicKey.kid,
    });
    const { exp, iat, ...claims } = decodeJwt(text);
    expect(exp! - iat!).toBe(60);
    expect(claims).toEqual({
      iss: 'shell',
      aud: 'shop',
      sub: 'ada',
      kind: 'principal',
      roles: ['buyer'],
      permissions: ['orders.place', 'orders.read'],
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('that nobody is has no token', async () => {
    expect(await issuing().issuer.token({})).toBeUndefined();
  });

  test('with more permissions than a header can carry is refused where the token would be made', async () => {
    const permissions = Array.from({ length: 600 }, (_, index) => `orders.permission-${index}`);
    const failure = await issuing()
      .token({ id: 'ada', permissions })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PrincipalTooLarge);
    expect(failure).toMatchObject({ principal: 'ada' });
  });
});

test('A module that acts on its own account arrives as that module, and as nobody else', async () => {
  const { issuer, clock } = issuing();
  const token = await issuer.token({ module: 'orders' });
  expect(await verifying(clock).verify(token!)).toEqual({ module: 'orders' });
});

describe('A token', () => {
  test('is signed once, and used until a quarter of its life is left', async () => {
    const { token, clock } = issuing();
    const first = await token();
    clock.pass(44);
    expect(await token({ ...ada })).toBe(first);
    clock.pass(1);
    const next = await token();
    expect(next).not.toBe(first);
    expect(await verifying(clock).verify(next)).toEqual({ principal: ada });
  });

  test('is signed once though many ask at the same time, and is another one for another principal', async () => {
    const { token } = issuing();
    const tokens = await Promise.all([token(), token(), token(), token({ id: 'ada', permissions: ['*'] })]);
    expect(new Set(tokens).size).toBe(2);
  });

  test('that was believed is not believed any longer than it lives', async () => {
    const { token, clock } = issuing();
    const [text, verifier] = [await token(), verifying(clock)];
    await verifier.verify(text);
    clock.pass(64);
    expect(await verifier.verify(text)).toEqual({ principal: ada });
    clock.pass(1);
    await expect(verifier.verify(text)).rejects.toMatchObject({ reason: 'expired' });
  });

  test('is believed though the clocks are some seconds apart', async () => {
    const { token, clock } = issuing();
    const text = await token();
    clock.pass(-4);
    expect(await verifying(clock).verify(text)).toEqual({ principal: ada });
  });
});

describe('A token is refused', () => {
  const tampered = async () => {
    const [header, , signature] = (await signed({})).split('.');
    const claims = { ...decodeJwt(await signed({})), permissions: ['*'] };
    return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  };
  const unsigned = async () => {
    const header = { alg: 'none', typ: 'macrolith-principal+jwt', kid: key.publicKey.kid };
    const claims = decodeJwt(await signed({}));
    return `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  };
  const bySharedSecret = () =>
    new SignJWT({ sub: 'ada', kind: 'principal', jti: '1' })
      .setProtectedHeader({ alg: 'HS256', typ: 'macrolith-principal+jwt', kid: key.publicKey.kid })
      .setIssuer('shell')
      .setAudience('shop')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(Buffer.from(key.publicKey.x, 'base64url'));
  const at = Date.parse('2026-11-26T12:00:00Z') / 1_000;

  test.each<readonly [what: string, reason: string, make: () => Promise<string>]>([
    ['whose claims somebody changed', 'forged', tampered],
    [
      'that another key signed under the name of a known one',
      'forged',
      () => signed({}, { kid: key.publicKey.kid }, another),
    ],
    ['that an unknown key signed', 'unknown-key', () => signed({}, {}, another)],
    ['that names no key', 'unknown-key', () => signed({}, { kid: undefined })],
    ['that nobody signed (alg none)', 'wrong-algorithm', unsigned],
    ['that is signed with the public key as a shared secret', 'wrong-algorithm', bySharedSecret],
    ['of another system', 'wrong-audience', () => signed({ aud: 'warehouse' })],
    ['of no system', 'incomplete', () => signed({ aud: undefined })],
    ['that has expired', 'expired', () => signed({ iat: at - 70, exp: at - 10 })],
    [
      'that says it lives for a year, a minute after it was issued',
      'expired',
      () => signed({ iat: at - 66, exp: at + 31_536_000 }),
    ],
    ['that is not valid yet', 'not-yet-valid', () => signed({ iat: at + 10, exp: at + 60 })],
    ['that never expires', 'incomplete', () => signed({ exp: undefined })],
    ['that speaks of nobody', 'incomplete', () => signed({ sub: undefined })],
    ['that is on no account', 'incomplete', () => signed({ kind: undefined })],
    ['whose permissions are no list', 'incomplete', () => signed({ permissions: '*' })],
    ['that has another purpose', 'incomplete', () => signed({}, { typ: 'JWT' })],
    ['that is none', 'malformed', async () => 'not a token'],
    ['that is empty', 'malformed', async () => ''],
    [
      'that has deep JSON for claims',
      'malformed',
      async () => `e30.${Buffer.from('['.repeat(4_000)).toString('base64url')}.e30`,
    ],
    ['that is huge', 'too-large', async () => `${await signed({})}${'A'.repeat(10_000_000)}`],
  ])('%s: %s', async (_what, reason, make) => {
    const token = await make();
    const failure = await verifying(new StoppedClock())
      .verify(token)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PrincipalRefused);
    expect(failure).toBeInstanceOf(Unauthenticated);
    expect(failure).toMatchObject({ reason, code: 'macrolith.unauthenticated' });
  });

  test('and neither the refusal nor what it holds has a part of it to be logged', async () => {
    const token = await signed({ sub: 'somebody-with-a-name', aud: 'warehouse' });
    const failure = (await verifying(new StoppedClock())
      .verify(token)
      .catch((error: unknown) => error)) as Error;
    const told = JSON.stringify([failure, failure.message, failure.stack, failure.cause, Object.entries(failure)]);
    for (const part of token.split('.')) expect(told).not.toContain(part);
    expect(told).not.toContain('somebody-with-a-name');
  });
});

describe('A key', () => {
  test('is changed without a refusal: believed first, then signed with, and the old one taken out a minute later', async () => {
    const clock = new StoppedClock();
    const before = await issuing({ clock }).token();
    const after = await issuing({ clock, key: another }).token();
    const during = verifying(clock, [key, another]);
    await expect(Promise.all([during.verify(before), during.verify(after)])).resolves.toHaveLength(2);
    const afterwards = verifying(clock, [another]);
    await expect(afterwards.verify(before)).rejects.toMatchObject({ reason: 'unknown-key' });
    await expect(afterwards.verify(after)).resolves.toEqual({ principal: ada });
  });

  test('is kept as a JSON Web Key, and is the same one when it is read again', async () => {
    const again = await SigningKey.read(JSON.parse(JSON.stringify(key.secret())));
    expect(again.publicKey).toEqual(key.publicKey);
    const clock = new StoppedClock();
    await expect(verifying(clock).verify(await issuing({ clock, key: again }).token())).resolves.toBeDefined();
  });

  test.each<readonly [what: string, jwk: () => unknown]>([
    ['nothing', () => undefined],
    ['a public key', () => key.publicKey],
    ['a key of another kind', () => ({ kty: 'RSA', n: 'x', e: 'AQAB', d: 'x' })],
    ['two halves of two keys', () => ({ ...key.secret(), x: another.publicKey.x })],
  ])('is refused where it is %s', async (_what, jwk) => {
    const failure = await SigningKey.read(jwk()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidKey);
    expect((failure as Error).message).not.toContain(key.secret().d);
  });

  test.each<readonly [what: string, keys: () => unknown, sentence: RegExp]>([
    ['is none', () => 'keys', /There is no key set/],
    ['is empty', () => ({ keys: [] }), /There is no key set/],
    ['holds a private key', () => ({ keys: [key.secret()] }), /holds a private key/],
    ['holds a key without an id', () => ({ keys: [{ ...key.publicKey, kid: undefined }] }), /no Ed25519 public key/],
    ['has two keys of one id', () => ({ keys: [key.publicKey, key.publicKey] }), /two keys of one id/],
  ])('set is refused that %s', (_what, keys, sentence) => {
    expect(() => publicKeys(keys())).toThrow(sentence);
    expect(() => publicKeys(keys())).toThrow(PlatformError);
  });
});
