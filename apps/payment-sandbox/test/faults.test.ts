import { beforeEach, expect, test } from '@jest/globals';
import type { RunningSandbox } from '../src/process/start-sandbox.ts';
import { idOf, merchant, sandboxes } from './sandbox.ts';

const { start } = sandboxes();
let sandbox: RunningSandbox;
let shop: ReturnType<typeof merchant>;
beforeEach(async () => {
  sandbox = await start();
  shop = merchant(sandbox);
});

const statuses = async () => (await sandbox.authorisations()).map(({ status }) => status);

test('dead: nothing is done and nothing is answered', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'dead' });

  await expect(shop.authorise('a')).rejects.toThrow();

  expect(await statuses()).toEqual([]);
  expect((await shop.authorise('a')).status).toBe(201);
});

test('error: nothing is done, and 500 is answered', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'error' });

  expect((await shop.authorise('a')).status).toBe(500);
  expect(await statuses()).toEqual([]);
});

test('lost: it is done, and the answer is lost; asked again, it is answered and not done again', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'lost', times: 2 });

  await expect(shop.authorise('a')).rejects.toThrow();
  await expect(shop.authorise('a')).rejects.toThrow();

  expect(await statuses()).toEqual(['authorised']);
  expect((await shop.authorise('a')).status).toBe(201);
  expect(await statuses()).toEqual(['authorised']);
});

test('slow: it is done, and answered later than anybody waits', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'slow', delayMs: 60_000 });

  const answer = sandbox.request('POST', '/v1/authorisations', undefined, { 'idempotency-key': 'a' }).catch(() => {});
  await answer;
  const impatient = fetch(`${sandbox.url}/v1/authorisations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandbox.secrets.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': 'b',
    },
    body: JSON.stringify({ token: 'tok_visa_4242', reference: 'r', amountMinor: '1', currency: 'GBP' }),
    signal: AbortSignal.timeout(500),
  });

  await expect(impatient).rejects.toThrow(/timeout/i);
  expect(await statuses()).toEqual(['authorised']);
});

test('hold-before and hold-after: it waits where a test wants it to, until it is released', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'hold-before' });
  const first = shop.authorise('a');
  while ((await sandbox.held()) === 0);
  expect(await statuses()).toEqual([]);
  await sandbox.release();
  const id = await idOf(await first);

  await sandbox.fail({ on: 'capture', kind: 'hold-after' });
  const second = shop.capture('b', id);
  while ((await sandbox.held()) === 0);
  expect(await statuses()).toEqual(['captured']);
  await sandbox.release();
  expect((await second).status).toBe(200);
});

test('twice: what is done twice under one key is done once', async () => {
  const id = await idOf(await shop.authorise('a'));
  await shop.capture('b', id);
  await sandbox.fail({ on: 'refund', kind: 'twice' });

  expect((await shop.refund('c', id, '300')).status).toBe(200);

  expect(await sandbox.authorisations()).toMatchObject([{ refundedMinor: '300' }]);
});

test('decline: a card that pays does not, for the reason that was asked for', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'decline', reason: 'card-blocked' });

  expect(await (await shop.authorise('a')).json()).toMatchObject({ reason: 'card-blocked' });
  expect((await shop.authorise('b')).status).toBe(201);
});

test('a fault meets as many requests as was asked for, or none once it is forgotten', async () => {
  await sandbox.fail({ on: 'authorise', kind: 'error', times: 2 });
  expect((await shop.authorise('a')).status).toBe(500);
  await sandbox.heal();

  expect((await shop.authorise('a')).status).toBe(201);
});
