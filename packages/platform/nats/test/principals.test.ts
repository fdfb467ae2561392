import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { PermissionDenied, PrincipalTokens, runInContext, Unauthenticated } from '@macrolith/core';
import { SignedPrincipals, SigningKey } from '@macrolith/identity';
import { PrincipalCannotTravel } from '@macrolith/nats';
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

test('the principal of a call is that of its caller, as it was signed', async () => {
  await applications.provider({}, signing(key));
  const { port } = await applications.caller({}, signing(key));

  const { json } = await runInContext({ principal: PERMITTED, tenant: 'north' }, () => port.whoAsks());

  expect(JSON.parse(json)).toMatchObject({ principal: PERMITTED, tenant: 'north' });
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
