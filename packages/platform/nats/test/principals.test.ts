import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CallContext,
  type Identity,
  PermissionDenied,
  PrincipalTokens,
  runInContext,
  Unauthenticated,
} from '@macrolith/core';
import { PrincipalIssuer, SignedPrincipals, SigningKey } from '@macrolith/identity';
import { PrincipalCannotTravel } from '@macrolith/nats';
import { headers, type Msg } from '@nats-io/transport-node';
import { Module } from '@nestjs/common';
import { Applications } from './applications.js';

const PERMITTED = { id: 'ada', permissions: ['observatory.point'] };

let applications: Applications;
let key: SigningKey;
beforeAll(async () => {
  [applications, key] = await Promise.all([Applications.start(), SigningKey.generate()]);
});
afterEach(() => applications.closeAll());
afterAll(() => applications.end());

/** An application that signs with its key, and believes whoever has the same. */
function signing(own: SigningKey) {
  const tokens = new SignedPrincipals({ system: 'macrolith', issuer: 'test', key: own });
  @Module({ providers: [{ provide: PrincipalTokens, useValue: tokens }], exports: [PrincipalTokens] })
  class Tokens {}
  return [{ module: Tokens, global: true }];
}

/** What a program says with its own client of NATS. */
function ask(subject: string, body: string, given: Record<string, string>): Promise<Msg> {
  const all = headers();
  const caller = { 'Macrolith-Protocol': '1', 'Macrolith-Caller': 'stranger' };
  for (const [name, value] of Object.entries({ ...caller, ...given })) all.append(name, value);
  return applications.stranger.request(subject, body, { headers: all, timeout: 5_000 });
}

test('the principal of a call is that of its caller, as it was signed', async () => {
  await applications.provider({}, signing(key));
  const { port } = await applications.caller({}, signing(key));

  const { json } = await runInContext({ principal: PERMITTED, tenant: 'north' }, () => port.whoAsks());

  expect(JSON.parse(json)).toMatchObject({ principal: PERMITTED, tenant: 'north' });
});

describe('the tenant of a call that brings a token', () => {
  /** Who asks, as the provider sees it: a stranger that has a token in hand, and names the tenant itself. */
  async function seen(identity: Identity): Promise<CallContext> {
    await applications.provider({}, signing(key));
    const token = await new PrincipalIssuer({ system: 'macrolith', issuer: 'test', key }).token(identity);
    const given = { 'Macrolith-Tenant': 'north', 'Macrolith-Principal': token! };
    const answer = await ask('macrolith.calls.observatory.whoAsks', 'null', given);
    return JSON.parse(answer.json<{ json: string }>().json) as CallContext;
  }

  test.each<[what: string, identity: Identity, tenant: string | undefined]>([
    ['none, where the token is of a principal without one', { principal: PERMITTED }, undefined],
    ['none, where the token is of a module without one', { module: 'stranger' }, undefined],
    ["the token's, where both name one", { principal: PERMITTED, tenant: 'south' }, 'south'],
  ])('is %s', async (_, identity, tenant) => {
    const context = await seen(identity);

    expect(context.tenant).toBe(tenant);
    expect(context.principal).toEqual(identity.principal);
  });
});

test('an operation that asks for a permission is done for whoever has it, and for a module on its own account', async () => {
  const { service } = await applications.provider({}, signing(key));
  const { port } = await applications.caller({}, signing(key));

  await runInContext({ principal: PERMITTED }, () => port.point({ star: 'deneb' }));
  await port.point({ star: 'mizar' });
  const denied = runInContext({ principal: { id: 'ben' } }, () => port.point({ star: 'algol' }));

  await expect(denied).rejects.toBeInstanceOf(PermissionDenied);
  await expect(denied).rejects.toMatchObject({ operation: 'observatory.point', permission: 'observatory.point' });
  expect(service.pointedAt).toEqual(['deneb', 'mizar']);
});

test('nobody is believed who signs with another key, or with none', async () => {
  await applications.provider({}, signing(key));
  const forger = await applications.caller({}, signing(await SigningKey.generate()));
  const nobody = await applications.caller();

  const forged = runInContext({ principal: PERMITTED }, () => forger.port.observe({ star: 'vega' }));
  await expect(forged).rejects.toBeInstanceOf(Unauthenticated);
  await expect(nobody.port.point({ star: 'vega' })).rejects.toBeInstanceOf(Unauthenticated);
  const onBehalf = runInContext({ principal: PERMITTED }, () => nobody.port.observe({ star: 'vega' }));
  await expect(onBehalf).rejects.toBeInstanceOf(PrincipalCannotTravel);
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that somebody made up', () => {
  const issued = async (by: SigningKey, system = 'macrolith', passedMs = 0) => {
    const clock = { now: () => Date.now() - passedMs };
    return (await new PrincipalIssuer({ system, issuer: 'test', key: by, clock }).token({ principal: PERMITTED }))!;
  };
  const changed = (token: string, at: number, value: object) => token.split('.').with(at, part(value)).join('.');
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

  test.each<[what: string, made: () => Promise<string>]>([
    ['with another key', async () => issued(await SigningKey.generate())],
    ['for another system', () => issued(key, 'warehouse')],
    ['and that has expired', () => issued(key, 'macrolith', 120_000)],
    [
      'whose signature is none (alg none)',
      async () => `${part({ alg: 'none', kid: key.publicKey.kid })}.${(await issued(key)).split('.')[1]}.`,
    ],
    [
      'with permissions that were not signed',
      async () => {
        const token = await issued(key);
        return changed(token, 1, { ...claimsOf(token), permissions: ['*'] });
      },
    ],
    ['larger than any that is believed', async () => 'x'.repeat(15_000)],
  ])('%s is refused, and counted, and nothing is done', async (_, made) => {
    const { server, service } = await applications.provider({}, signing(key));
    const token = await made();
    const given = { 'Idempotency-Key': 'forged', 'Macrolith-Principal': token };

    const answer = await ask('macrolith.calls.observatory.point', '{"star":"vega"}', given);

    expect(answer.json()).toMatchObject({ code: 'unauthenticated', message: expect.not.stringContaining(token) });
    expect(server.state.refused).toEqual({ unauthenticated: 1 });
    expect(service.pointedAt).toEqual([]);
  });
});
