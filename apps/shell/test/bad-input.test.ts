import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@macrolith/testing';
import fc from 'fast-check';
import pg from 'pg';
import { type RunningShell, startShell } from './running-shell.js';

let shell: RunningShell;
let database: pg.Client;

beforeAll(async () => {
  shell = await startShell({}, { seeded: true });
  database = new pg.Client({ connectionString: shell.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await shell?.close();
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

const ORDER = { customerId: 'c1', accountId: 'acct-river-studio', lines: [{ productId: 'KIT-001', quantity: 1 }] };

async function send(
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${shell.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text,
    body: text.startsWith('{') ? JSON.parse(text) : {},
  };
}

const place = (order: unknown, headers?: Record<string, string>) =>
  send('POST', '/api/orders/orders', JSON.stringify(order), headers);

/** How many rows each module's tables hold: equal before and after means that nothing was written. */
async function written(): Promise<Record<string, number>> {
  await newsIsOut();
  const tables = [
    'orders.order_header',
    'orders.order_line',
    'orders.outbox',
    'payments.payment',
    'payments.entry',
    'payments.account',
    'inventory.reservation',
    'inventory.movement',
    'catalog.product',
    'notifications.message',
  ];
  const counts: pg.QueryResult<{ n: number }>[] = [];
  for (const table of tables) counts.push(await database.query(`SELECT count(*)::int AS n FROM ${table}`));
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]!.rows[0]!.n]));
}

/** What earlier orders have to tell is written when it is told, and not by the request that a test looks at. */
async function newsIsOut(): Promise<void> {
  const owed = async () => (await database.query(`SELECT FROM orders.delivery WHERE state = 'open'`)).rowCount;
  await eventually('An empty outbox', owed, (count) => count === 0, { withinMs: 20_000 });
}

function expectProblem(answer: Answer, status: number, code?: string): void {
  expect({ status: answer.status, type: answer.type, body: answer.body }).toMatchObject({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: { status, title: expect.any(String), ...(code === undefined ? {} : { code }) },
  });
  expect(answer.text).not.toMatch(/\bat .*\.(js|ts):\d+/);
  expect(answer.text).not.toMatch(/node_modules|SELECT |INSERT |pg_/);
}

describe('a request that cannot be meant is answered with a problem document, and nothing is written', () => {
  test.each<[string, () => Promise<Answer>, number, string?]>([
    ['malformed JSON', () => send('POST', '/api/orders/orders', '{"customerId": '), 400],
    ['no body', () => send('POST', '/api/orders/orders', undefined), 400],
    ['an array for an object', () => place([]), 400],
    ['a number for a text', () => place({ ...ORDER, customerId: 7 }), 400],
    ['a text for a number', () => place({ ...ORDER, lines: [{ productId: 'KIT-001', quantity: '1' }] }), 400],
    ['a negative quantity', () => place({ ...ORDER, lines: [{ productId: 'KIT-001', quantity: -1 }] }), 400],
    ['no quantity at all', () => place({ ...ORDER, lines: [{ productId: 'KIT-001', quantity: 0 }] }), 400],
    ['half a piece', () => place({ ...ORDER, lines: [{ productId: 'KIT-001', quantity: 0.5 }] }), 400],
    [
      'more pieces than there are numbers',
      () => place({ ...ORDER, lines: [{ productId: 'KIT-001', quantity: 1e308 }] }),
      400,
    ],
    ['no lines', () => place({ ...ORDER, lines: [] }), 400],
    ['1,001 lines', () => place({ ...ORDER, lines: Array(1001).fill(ORDER.lines[0]) }), 400],
    [
      'an unknown product',
      () => place({ ...ORDER, lines: [{ productId: 'NO-SUCH', quantity: 1 }] }),
      404,
      'catalog.product-not-found',
    ],
    ['an unknown account', () => place({ ...ORDER, accountId: 'nobody' }), 404, 'payments.account-not-found'],
    [
      'an unknown order',
      () => send('GET', '/api/orders/orders/018f3c1e-0000-7000-8000-000000000000', undefined),
      404,
      'orders.order-not-found',
    ],
    ['an order id that is none', () => send('GET', '/api/orders/orders/1', undefined), 400],
    ['a body of 10 MB', () => place({ ...ORDER, customerId: 'x'.repeat(10_000_000) }), 413],
    [
      'a __proto__ key',
      () => send('POST', '/api/orders/orders', '{"__proto__": {"admin": true}, "customerId": "c"}'),
      400,
    ],
    [
      'a constructor key',
      () => send('POST', '/api/orders/orders', '{"constructor": {"prototype": {"admin": true}}}'),
      400,
    ],
    ['a NUL in a text', () => place({ ...ORDER, customerId: 'c\u0000' }), 400],
    [
      'text that is no JSON type',
      () => send('POST', '/api/orders/orders', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
    ],
    ['a method that is not there', () => send('DELETE', '/api/orders/orders', undefined), 405],
    ['a path that is not there', () => send('GET', '/api/orders/nothing', undefined), 404],
    [
      'a negative price',
      () =>
        send(
          'POST',
          '/api/catalog/products',
          JSON.stringify({ productId: 'BAD-1', name: 'x', price: { amountMinor: '-1', currency: 'GBP' } }),
        ),
      400,
    ],
    [
      'a price beyond every bound',
      () =>
        send(
          'POST',
          '/api/catalog/products',
          JSON.stringify({ productId: 'BAD-1', name: 'x', price: { amountMinor: '9'.repeat(400), currency: 'GBP' } }),
        ),
      400,
    ],
    [
      'a currency that is none',
      () =>
        send(
          'POST',
          '/api/catalog/products',
          JSON.stringify({ productId: 'BAD-1', name: 'x', price: { amountMinor: '1', currency: 'pounds' } }),
        ),
      400,
    ],
    [
      'a cursor that is none',
      () => send('GET', `/api/orders/orders?cursor=${encodeURIComponent("' OR 1=1 --")}`, undefined),
      400,
    ],
    ['an idempotency key that is too long', () => place(ORDER, { 'idempotency-key': 'k'.repeat(300) }), 400],
    [
      'an amount to deposit of less than nothing',
      () =>
        send(
          'POST',
          '/api/payments/accounts/acct-river-studio/deposits',
          JSON.stringify({ amount: { amountMinor: '-5', currency: 'GBP' }, reference: 'r' }),
        ),
      400,
    ],
  ])('%s', async (_, sending, status, ...[code]) => {
    const before = await written();
    expectProblem(await sending(), status, code);
    expect(await written()).toEqual(before);
  });

  test('with JSON nested 100,000 deep', async () => {
    const before = await written();
    const answer = await send('POST', '/api/orders/orders', `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expectProblem(answer, 400);
    expect(await written()).toEqual(before);
  });

  test('with a body that promises more than it brings', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const request = rawRequest(`${shell.url}/api/orders/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '1000' },
      });
      request.on('response', (response) => resolve(response.statusCode!));
      request.on('error', () => resolve('closed'));
      request.write('{"customerId"');
      setTimeout(() => request.destroy(), 100);
    });
    expect([400, 408, 'closed']).toContain(status);
    expect((await fetch(`${shell.url}/health/live`)).status).toBe(200);
  });
});

describe('text is data, whatever it looks like', () => {
  test.each([
    "'; DROP TABLE orders.order_header; --",
    "' OR '1'='1",
    '%',
    '_',
    '\\',
    '$1',
    '{{1+1}}',
    '<script>alert(1)</script>',
  ])('searching for %s finds what holds it, and no more', async (text) => {
    const before = await written();
    const answer = await send('GET', `/api/catalog/products?q=${encodeURIComponent(text)}`, undefined);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ items: [] });
    expect(await written()).toEqual(before);
  });

  test('SQL in a product name is kept and given back as it is', async () => {
    const name = "Robert'); DROP TABLE catalog.product; --";
    const product = { productId: 'TXT-1', name, price: { amountMinor: '100', currency: 'GBP' } };
    expect((await send('POST', '/api/catalog/products', JSON.stringify(product))).status).toBe(201);
    expect((await send('GET', '/api/catalog/products/TXT-1', undefined)).body).toMatchObject({ name });
  });
});

describe('an idempotency key', () => {
  test('makes a repeated order one order', async () => {
    const headers = { 'idempotency-key': 'one-wish' };
    const [first, second] = [await place(ORDER, headers), await place(ORDER, headers)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  test('makes ten orders at once one order', async () => {
    const before = (await written())['orders.order_header']!;
    const answers = await Promise.all(Array.from({ length: 10 }, () => place(ORDER, { 'idempotency-key': 'at-once' })));
    const placed = answers.filter(({ status }) => status === 201);
    expect(new Set(placed.map(({ body }) => body.orderId)).size).toBe(1);
    expect((await written())['orders.order_header']).toBe(before + 1);
  });

  test('that is used again with another body is refused, and nothing is written', async () => {
    await place(ORDER, { 'idempotency-key': 'reused' });
    const before = await written();
    expectProblem(await place({ ...ORDER, customerId: 'c2' }, { 'idempotency-key': 'reused' }), 422);
    expect(await written()).toEqual(before);
  });
});

test('no JSON whatever brings an answer of the server’s own failure', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), async (json) => {
      const { status } = await send('POST', '/api/orders/orders', json);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 150 },
  );
});
