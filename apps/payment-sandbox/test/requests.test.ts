import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RunningSandbox } from '../src/process/start-sandbox.ts';
import { idOf, merchant, sandboxes } from './sandbox.ts';

const { start } = sandboxes();
let sandbox: RunningSandbox;
let shop: ReturnType<typeof merchant>;
beforeEach(async () => {
  sandbox = await start();
  shop = merchant(sandbox);
});

test('a card is asked for an amount, which is taken in part and given back in parts', async () => {
  const answer = await shop.authorise('a');
  expect(answer.status).toBe(201);
  const id = await idOf(answer);

  expect(await (await shop.capture('b', id, '700')).json()).toMatchObject({ status: 'captured', capturedMinor: '700' });
  expect(await (await shop.refund('c', id, '200')).json()).toMatchObject({ refundedMinor: '200' });
  expect(await (await shop.refund('d', id, '501')).json()).toMatchObject({ error: 'amount-too-high' });
  expect((await shop.void('e', id)).status).toBe(409);
  expect(await sandbox.authorisations()).toMatchObject([
    {
      id,
      reference: 'order 1',
      status: 'captured',
      authorisedMinor: '1000',
      capturedMinor: '700',
      refundedMinor: '200',
    },
  ]);
});

test('what was authorised is let go, once', async () => {
  const id = await idOf(await shop.authorise('a'));

  expect(await (await shop.void('b', id)).json()).toMatchObject({ status: 'voided' });
  expect(await (await shop.void('c', id)).json()).toMatchObject({ error: 'wrong-state' });
  expect(await (await shop.capture('d', id)).json()).toMatchObject({ error: 'wrong-state' });
});

test('the same request under the same key is answered the same, and acts once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => shop.authorise('a')));

  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  const [{ id } = { id: '' }] = await sandbox.authorisations();
  for (const key of ['b', 'b', 'b']) expect((await shop.capture(key, id, '1000')).status).toBe(200);
  for (const key of ['c', 'c'])
    expect(await (await shop.refund(key, id, '400')).json()).toMatchObject({ refundedMinor: '400' });
  expect(await sandbox.authorisations()).toHaveLength(1);
});

test('another request under a key that was used is refused', async () => {
  await shop.authorise('a');

  const other = await shop.authorise('a', { amountMinor: '1001' });

  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ error: 'idempotency-key-reused' });
});

test.each([
  ['tok_visa_no_funds_9995', 'insufficient-funds'],
  ['tok_visa_expired_0069', 'card-expired'],
  ['tok_visa_blocked_9979', 'card-blocked'],
  ['tok_visa_not_honoured_0002', 'not-honoured'],
  ['tok_of_nobody', 'unknown-card'],
])('%s is declined with its reason: %s', async (token, reason) => {
  const answer = await shop.authorise('a', { token });

  expect(answer.status).toBe(402);
  expect(await answer.json()).toMatchObject({ error: 'declined', reason });
  expect(await (await shop.authorise('a', { token })).json()).toMatchObject({ reason });
  expect(await sandbox.authorisations()).toMatchObject([{ status: 'declined', declineReason: reason }]);
});

test('a card with a limit pays up to it', async () => {
  const token = 'tok_visa_limited_0127';

  expect((await shop.authorise('a', { token, amountMinor: '10000' })).status).toBe(201);
  expect(await (await shop.authorise('b', { token, amountMinor: '10001' })).json()).toMatchObject({
    reason: 'limit-exceeded',
  });
});

test('authorisations are listed in the order in which they were asked for, in pages, and by reference', async () => {
  for (const key of ['a', 'b', 'c']) await shop.authorise(key, { reference: key });
  const page = async (query: string) => {
    const { items } = (await (await sandbox.request('GET', `/v1/authorisations?${query}`)).json()) as {
      items: { id: string; reference: string }[];
    };
    return items;
  };

  const first = await page('limit=2');
  expect(first.map(({ reference }) => reference)).toEqual(['a', 'b']);
  expect(await page(`limit=2&after=${first[1]!.id}`)).toMatchObject([{ reference: 'c' }]);
  expect(await page('reference=b')).toMatchObject([{ reference: 'b' }]);
});

describe('is refused:', () => {
  test.each([
    ['a card number', { token: '4242424242424242' }],
    ['nothing', { amountMinor: '0' }],
    ['an amount with decimals', { amountMinor: '1.5' }],
    ['a currency that is none', { currency: 'pounds' }],
    ['what nobody asked about', { cvc: '123' }],
  ])('%s', async (_, changes) => {
    const answer = await shop.authorise('a', changes);

    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('4242424242424242');
  });

  test('a request without a key', async () => {
    expect((await sandbox.request('POST', '/v1/authorisations', {})).status).toBe(400);
  });

  test('whoever does not show the API key', async () => {
    for (const path of ['/v1/authorisations', '/admin/faults']) {
      expect((await fetch(`${sandbox.url}${path}`)).status).toBe(401);
      const wrong = await sandbox.request('GET', path, undefined, { authorization: 'Bearer guess' });
      expect(wrong.status).toBe(401);
    }
  });
});
