import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import type { Order } from '@macrolith/orders';
import { eventually } from '@macrolith/testing';
import { atRest } from './at-rest.js';
import { testOfOneTransaction } from './elsewhere.js';
import { aStory, discrepancies } from './fulfilment-outcome.js';
import { fund, openShop, type Shop, stock } from './shop.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const TOO_MUCH = 10_001;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  try {
    expect(await discrepancies(shop)).toEqual([]);
  } finally {
    await shop.close();
  }
});

/** Of a product and an account that bear the customer's name. What `meanwhile` does is there before anybody hears of the order. */
async function place(name: string, quantity = 2, meanwhile?: (order: Order) => Promise<unknown>) {
  const productId = await stock(shop, name, 20_000);
  const accountId = await fund(shop, name, 10_000_000n);
  const lines = [{ productId, quantity }];
  const placed = () => shop.orders.place({ customerId: name, accountId, fulfilment: 'automatic', lines });
  if (meanwhile === undefined) return placed();
  return shop.modules.get(UnitOfWork).run(async () => {
    const order = await placed();
    await meanwhile(order);
    return order;
  });
}

test('an order that asks for it is paid, taken from the shelves, handed to shipping and fulfilled', async () => {
  const order = await place('WHOLE');
  await atRest(shop);

  expect(await aStory(shop, order)).toEqual({
    status: 'fulfilled',
    payment: { status: 'captured', captured: pounds(200n), refunded: pounds(0n) },
    account: { balance: pounds(9_999_800n), held: pounds(0n) },
    stock: { available: 19_998, reserved: 0 },
    shipment: { status: 'requested', pieces: 2 },
    news: ['order-placed', 'order-fulfilled'],
  });
});

test('all that followed from the order is one story', async () => {
  const { orderId } = await place('STORY');
  await atRest(shop);

  const { rows } = await shop.administrator.query(
    `SELECT type, correlation_id, causation_id, id FROM (
      SELECT * FROM orders.outbox UNION ALL SELECT * FROM payments.outbox
      UNION ALL SELECT * FROM inventory.outbox UNION ALL SELECT * FROM shipping.outbox) AS message
    WHERE kind = 'event' AND key = $1 ORDER BY time`,
    [orderId],
  );

  expect(rows.map(({ type }) => type)).toEqual([
    'orders.order-placed.v1',
    'payments.payment-captured.v1',
    'inventory.stock-committed.v1',
    'shipping.shipment-requested.v1',
    'orders.order-fulfilled.v1',
  ]);
  expect(new Set(rows.map((row) => row.correlation_id)).size).toBe(1);
  expect(rows.slice(1).map((row) => row.causation_id)).toEqual(rows.slice(0, -1).map(({ id }) => id));
});

testOfOneTransaction('when its payment cannot be taken, its stock is free again and it is cancelled', async () => {
  const order = await place('UNPAID', 2, ({ paymentId }) => shop.payments.void({ paymentId: paymentId! }));
  await atRest(shop);

  expect(await aStory(shop, order)).toEqual({
    status: 'cancelled',
    payment: { status: 'voided', captured: pounds(0n), refunded: pounds(0n) },
    account: { balance: pounds(10_000_000n), held: pounds(0n) },
    stock: { available: 20_000, reserved: 0 },
    shipment: undefined,
    news: ['order-placed', 'order-undeliverable'],
  });
});

testOfOneTransaction('when its goods are not there, its money is given back and it is cancelled', async () => {
  const order = await place('MISSING', 2, ({ reservationId }) =>
    shop.inventory.release({ reservationId: reservationId! }),
  );
  await atRest(shop);

  expect(await aStory(shop, order)).toEqual({
    status: 'cancelled',
    payment: { status: 'refunded', captured: pounds(200n), refunded: pounds(200n) },
    account: { balance: pounds(10_000_000n), held: pounds(0n) },
    stock: { available: 20_000, reserved: 0 },
    shipment: undefined,
    news: ['order-placed', 'order-undeliverable'],
  });
});

test('when no carrier takes it, its goods are on the shelves again, its money is given back and it is cancelled', async () => {
  const order = await place('HEAVY', TOO_MUCH);
  await atRest(shop);

  expect(await aStory(shop, order)).toEqual({
    status: 'cancelled',
    payment: { status: 'refunded', captured: pounds(1_000_100n), refunded: pounds(1_000_100n) },
    account: { balance: pounds(10_000_000n), held: pounds(0n) },
    stock: { available: 20_000, reserved: 0 },
    shipment: { status: 'refused', pieces: TOO_MUCH },
    news: ['order-placed', 'order-undeliverable'],
  });
});

test.each([
  ['before it leaves the house', false, 20_000],
  ['at the door', true, 19_998],
] as const)(
  'when it is refused %s, the customer is told after all, and only what is in the house counts',
  async (when, dispatched, available) => {
    const order = await place(when.replaceAll(' ', '-'));
    await atRest(shop);
    const [shipment] = (await shop.shipping.listShipments({ orderId: order.orderId })).items;
    if (dispatched) await shop.shipping.dispatch(shipment!);

    await shop.shipping.refuse({ ...shipment!, reason: 'It is broken.' });
    await atRest(shop);

    expect(await aStory(shop, order)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'refunded' },
      account: { balance: pounds(10_000_000n) },
      stock: { available, reserved: 0 },
      news: ['order-placed', 'order-fulfilled', 'order-undeliverable'],
    });
  },
);

test('an order that is fulfilled by hand is fulfilled by nobody else', async () => {
  const productId = await stock(shop, 'MANUAL', 10);
  const accountId = await fund(shop, 'MANUAL', 1000n);
  const order = await shop.orders.place({ customerId: 'MANUAL', accountId, lines: [{ productId, quantity: 1 }] });
  await atRest(shop);
  expect(await aStory(shop, order)).toMatchObject({ status: 'placed', payment: { status: 'authorised' } });

  await shop.orders.fulfil(order);
  await shop.orders.cancel({ orderId: order.orderId });
  await atRest(shop);

  expect(await aStory(shop, order)).toMatchObject({
    status: 'cancelled',
    payment: { status: 'refunded', refunded: pounds(100n) },
    stock: { available: 9, reserved: 0 },
    shipment: undefined,
    news: ['order-placed', 'order-fulfilled', 'order-cancelled'],
  });
});

test('of forty customers who change their minds while everything runs, nobody loses anything', async () => {
  const customers = Array.from({ length: 40 }, (_, n) => `MIND-${n}`);
  const orders: Order[] = [];
  for (const customer of customers) orders.push(await place(customer));

  const stages = ['captured', 'committed', 'requested'];
  await Promise.all(
    orders.map(async (order, n) => {
      const stage = stages[n % 4];
      if (stage !== undefined) await reached(order, stage);
      await shop.orders.cancel({ orderId: order.orderId });
    }),
  );
  await atRest(shop);

  for (const order of orders) {
    const story = await aStory(shop, order);
    expect(story).toMatchObject({
      status: 'cancelled',
      account: { balance: pounds(10_000_000n), held: pounds(0n) },
      stock: { available: 20_000, reserved: 0 },
    });
    expect(story.news.filter((template) => template !== 'order-fulfilled')).toEqual([
      'order-placed',
      'order-cancelled',
    ]);
  }
});

/** Waits until an automatic order has come so far. */
async function reached({ orderId, paymentId, reservationId }: Order, stage: string): Promise<void> {
  await eventually(
    `${stage} of ${orderId}`,
    async () => [
      (await shop.payments.getPayment({ paymentId: paymentId! })).status,
      (await shop.inventory.getReservation({ reservationId: reservationId! })).status,
      (await shop.shipping.listShipments({ orderId })).items[0]?.status,
    ],
    (seen) => seen.includes(stage as never),
    { everyMs: 10, withinMs: 60_000 },
  );
}
