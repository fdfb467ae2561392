import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SigningKey } from '@macrolith/identity';
import { createTestDatabase } from '@macrolith/local-services';
import { SignJWT } from 'jose';
import { type RunningShell, startShell } from './running-shell.js';
import { startShellProcess } from './shell-process.js';

describe('A shell that believes bearer tokens', () => {
  const issuer = 'https://id.shop.example/';
  let key: SigningKey;
  let keys: Server;
  let shell: RunningShell;
  beforeAll(async () => {
    key = await SigningKey.generate();
    keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [key.publicKey] })));
    await once(keys.listen(0, '127.0.0.1'), 'listening');
    shell = await startShell({
      BEARER_ISSUER: issuer,
      BEARER_AUDIENCE: 'shop',
      BEARER_KEYS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`,
    });
  });
  afterAll(async () => {
    await shell?.close();
    keys.close();
  });

  const tokenOf = (sub: string, permissions: string[], aud = 'shop') =>
    new SignJWT({ permissions })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.publicKey.kid })
      .setIssuer(issuer)
      .setAudience(aud)
      .setSubject(sub)
      .setExpirationTime('5m')
      .sign(key.privateKey);

  async function receive(token?: string) {
    const response = await fetch(`${shell.url}/api/inventory/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ productId: 'lamp', quantity: 3, reference: 'delivery 1' }),
    });
    return { status: response.status, body: (await response.json()) as object };
  }

  test('lets the warehouse receive goods, whose principal has the permission', async () => {
    expect(await receive(await tokenOf('wim', ['inventory.receive']))).toMatchObject({
      status: 201,
      body: { available: 3 },
    });
  });

  test('lets nobody else: not a stranger, not a customer, not with a token for another service', async () => {
    expect(await receive()).toMatchObject({ status: 401, body: { code: 'macrolith.unauthenticated' } });
    expect(await receive(await tokenOf('ada', ['orders.mend']))).toMatchObject({
      status: 403,
      body: { code: 'macrolith.permission-denied' },
    });
    expect(await receive(await tokenOf('wim', ['inventory.receive'], 'warehouse'))).toMatchObject({ status: 401 });
  });

  test('shows the shop to everybody', async () => {
    expect((await fetch(`${shell.url}/api/catalog/products`)).status).toBe(200);
    expect((await fetch(`${shell.url}/api/inventory/stock`)).status).toBe(200);
  });
});

test('A shell in production that nothing is said to about people starts, is for everybody, and lets nobody do what staff do', async () => {
  const database = await createTestDatabase();
  const production = await startShellProcess({ NODE_ENV: 'production', DATABASE_URL: database.url });
  try {
    expect((await fetch(`${production.url}/api/catalog/products`)).status).toBe(200);
    const rebuild = { method: 'POST', headers: { authorization: 'Bearer whatever' } };
    const refused = await fetch(`${production.url}/api/analytics/projection/rebuild`, rebuild);
    expect(await refused.json()).toMatchObject({ status: 401, code: 'macrolith.unauthenticated' });
  } finally {
    await production.stop();
    await database.drop();
  }
});

test('A shell that would take everybody for its developer does not start in production', async () => {
  const environment = { NODE_ENV: 'production', PRINCIPALS: 'developer', DATABASE_URL: 'postgres://127.0.0.1:1/none' };
  await expect(startShellProcess(environment)).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('NODE_ENV is production'),
  });
});
