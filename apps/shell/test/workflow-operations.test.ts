import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningShell, startShell } from './running-shell.js';

let shell: RunningShell;

beforeAll(async () => {
  shell = await startShell({}, { seeded: true });
});
afterAll(() => shell?.close());

async function post(path: string, body: unknown = {}): Promise<Response> {
  return fetch(`${shell.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function read<T>(response: Response): Promise<T> {
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

interface PlacedOrder {
  readonly paymentId: string;
  readonly reservationId: string;
}

/** Places an order over HTTP, and answers where it stands. */
async function placeOrder(): Promise<{ readonly orderId: string; readonly order: PlacedOrder }> {
  const { orderId } = await read<{ orderId: string }>(
    await post('/api/orders/orders', {
      customerId: 'c1',
      accountId: 'acct-river-studio',
      lines: [{ productId: 'KIT-001', quantity: 1 }],
    }),
  );
  return { orderId, order: await read<PlacedOrder>(await fetch(`${shell.url}/api/orders/orders/${orderId}`)) };
}

test('a client cannot pay or reserve without an order', async () => {
  const amount = { amountMinor: '1', currency: 'GBP' };
  const method = { type: 'account', accountId: 'acct-river-studio' };

  expect((await post('/api/payments/payments', { orderId: 'o', method, amount })).status).toBe(405);
  const lines = [{ productId: 'KIT-001', quantity: 1 }];
  expect((await post('/api/inventory/reservations', { orderId: 'o', lines })).status).toBe(404);
});

test('a client cannot act behind the back of an order, which can be cancelled afterwards as before', async () => {
  const { orderId, order } = await placeOrder();

  for (const action of ['capture', 'void', 'reinstate', 'refund']) {
    expect((await post(`/api/payments/payments/${order.paymentId}/${action}`)).status).toBe(404);
  }
  for (const action of ['release', 'commit']) {
    expect((await post(`/api/inventory/reservations/${order.reservationId}/${action}`)).status).toBe(404);
  }
  expect((await post(`/api/orders/orders/${orderId}/cancel`)).status).toBe(200);
});

test('what came of an order is still there to be read', async () => {
  const { order } = await placeOrder();

  expect((await fetch(`${shell.url}/api/payments/payments/${order.paymentId}`)).status).toBe(200);
  expect((await fetch(`${shell.url}/api/inventory/reservations/${order.reservationId}`)).status).toBe(200);
});
