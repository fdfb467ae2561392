import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { bootModule, type RunningModules, recordCalls } from '@macrolith/testing';
import { Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { aCardOrder, anOrder } from '../src/testing.js';
import { aShop, type Shop } from './shop.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

let shop: Shop;
let modules: RunningModules;
let orders: Orders;
beforeAll(async () => {
  shop = await aShop();
  modules = await bootModule(OrdersModule, { fakes: shop.fakes });
  orders = modules.port(Orders);
});
afterAll(() => modules.close());

const differences = async () => (await orders.reconcile({ olderThanSeconds: 0 })).differences;
const database = (sql: string, ...values: unknown[]) => modules.database.of('orders').query(sql, values);

test('orders agree with their payments, whatever became of them', async () => {
  const [placed, cancelled, less, fulfilled, refunded] = await Promise.all(
    [anOrder(), aCardOrder(), aCardOrder(), aCardOrder(), anOrder()].map((order) => orders.place(order)),
  );
  await orders.cancel({ orderId: cancelled!.orderId });
  await orders.cancel({ orderId: less!.orderId, lines: [{ productId: '71053', quantity: 1 }] });
  await orders.fulfil({ orderId: fulfilled!.orderId });
  await orders.fulfil({ orderId: refunded!.orderId });
  await orders.cancel({ orderId: refunded!.orderId });

  expect(await orders.reconcile({ olderThanSeconds: 0 })).toEqual({
    ordersCompared: 5,
    paymentsCompared: 5,
    differences: [],
    complete: true,
  });
  expect(placed!.status).toBe('placed');
});

test('money that is held for no order is found, and let go', async () => {
  const orderId = randomUUID();
  const card = { type: 'card', token: 'tok_visa_4242' } as const;
  const { paymentId } = await shop.payments.authoriseCard({ orderId, card, amount: pounds(500n) });

  expect(await differences()).toMatchObject([
    { kind: 'charge-without-order', orderId, paymentId, charged: pounds(500n), mendable: true },
  ]);
  await orders.mend({ olderThanSeconds: 0 });

  expect(await differences()).toEqual([]);
  expect(await shop.payments.getPayment({ paymentId })).toMatchObject({ status: 'voided' });
});

test('money is let go in one call outside of any transaction, also under a key: payments may be in another process', async () => {
  const method = { type: 'account', accountId: 'demo' } as const;
  for (let n = 0; n < 3; n += 1) {
    await shop.payments.authorise({ orderId: randomUUID(), method, amount: pounds(500n) });
  }
  const file = join(mkdtempSync(join(tmpdir(), 'macrolith-calls-')), 'calls.jsonl');
  {
    using _ = recordCalls(file);
    await runInContext({ idempotencyKey: 'let it go' }, () => orders.mend({ olderThanSeconds: 0 }));
  }
  const calls = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  rmSync(dirname(file), { recursive: true });

  expect(calls.filter(({ kind }) => kind === 'command')).toMatchObject([
    { operation: 'mend', inTransaction: false },
    { operation: 'voidHeld', inTransaction: false },
  ]);
});

test('money that went on since it was compared is left as it is, and the rest is let go', async () => {
  const method = { type: 'account', accountId: 'demo' } as const;
  const [taken, held] = await Promise.all(
    [1, 2].map(() => shop.payments.authorise({ orderId: randomUUID(), method, amount: pounds(500n) })),
  );
  const voidHeld = shop.payments.voidHeld.bind(shop.payments);
  shop.payments.voidHeld = async (request) => {
    await shop.payments.capture(taken!);
    return voidHeld(request);
  };

  await orders.mend({ olderThanSeconds: 0 });
  shop.payments.voidHeld = voidHeld;

  expect(await shop.payments.getPayment(held!)).toMatchObject({ status: 'voided' });
  expect(await differences()).toMatchObject([{ paymentId: taken!.paymentId, mendable: false }]);
  await shop.payments.refund(taken!);
});

test('money that was taken for no order is left to people', async () => {
  const method = { type: 'account', accountId: 'demo' } as const;
  const { paymentId } = await shop.payments.authorise({ orderId: 'till 7', method, amount: pounds(500n) });
  await shop.payments.capture({ paymentId });

  expect(await differences()).toMatchObject([{ kind: 'charge-without-order', paymentId, mendable: false }]);
  await orders.mend({ olderThanSeconds: 0 });
  expect(await differences()).toHaveLength(1);

  await shop.payments.refund({ paymentId });
});

test('an order whose money was let go is found', async () => {
  const { orderId, paymentId } = await orders.place(aCardOrder());
  await shop.payments.void({ paymentId: paymentId! });

  expect(await differences()).toMatchObject([{ kind: 'order-without-charge', orderId, ordered: pounds(678n) }]);
  await database('DELETE FROM orders.order_header WHERE order_id = $1', orderId);
});

test('an order that costs something else than what is held is found', async () => {
  const { orderId, paymentId } = await orders.place(aCardOrder());
  await shop.payments.void({ paymentId: paymentId!, amountMinor: 100n });

  expect(await differences()).toMatchObject([
    { kind: 'wrong-amount', orderId, ordered: pounds(678n), charged: pounds(578n), mendable: false },
  ]);
  await shop.payments.reinstate({ paymentId: paymentId!, amountMinor: 100n });
});

test('an order that was begun and left is found, and what is young is left out', async () => {
  const { orderId } = await orders.place(anOrder());
  await database(`UPDATE orders.order_header SET status = 'pending', payment_id = NULL WHERE order_id = $1`, orderId);

  expect(await differences()).toMatchObject([{ kind: 'order-left-open', orderId }]);
  expect((await orders.reconcile({})).differences).toEqual([]);
});
