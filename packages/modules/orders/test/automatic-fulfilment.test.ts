import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventType } from '@macrolith/contract';
import { Inventory } from '@macrolith/inventory';
import { Payments } from '@macrolith/payments';
import { bootModule, eventually, hear, publishedEvents, type RunningModules } from '@macrolith/testing';
import { OrderBook } from '../src/book/order-book.js';
import { shipmentRefused, shipmentRequested } from '../src/fulfilment/heard-events.js';
import { type Order, OrderChanging, Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { anOrder } from '../src/testing.js';
import { aShop, type Shop } from './shop.js';

let shop: Shop;
let modules: RunningModules;
let orders: Orders;
beforeAll(async () => {
  shop = await aShop();
  modules = await bootModule(OrdersModule, { fakes: shop.fakes });
  orders = modules.port(Orders);
});
afterAll(() => modules.close());

const place = (customerId: string, changes: object = {}) =>
  orders.place(anOrder({ customerId, fulfilment: 'automatic', ...changes }));
const now = ({ orderId }: Order) => orders.getOrder({ orderId });
const said = async (event: EventType, { orderId }: Order) =>
  (await publishedEvents(modules, event)).filter((data) => data.orderId === orderId);

/** The templates of what a customer was told, once there are `count` of them. */
async function told(customerId: string, count: number): Promise<string[]> {
  const messages = await eventually(
    `News for ${customerId}`,
    () => shop.notifications.messages.filter((message) => message.to === customerId),
    ({ length }) => length >= count,
  );
  return messages.map(({ template }) => template).sort();
}

const sent = ({ orderId }: Order) => hear(modules, shipmentRequested, { orderId });
const unsent = ({ orderId }: Order) => hear(modules, shipmentRefused, { orderId, reason: 'The glass is broken.' });
const unpaid = ({ orderId }: Order) =>
  hear(modules, Payments.event.paymentNotCaptured, { orderId, reason: 'not-held' });
const missing = ({ orderId }: Order) =>
  hear(modules, Inventory.event.stockNotCommitted, { orderId, reason: 'released' });

test('an order is fulfilled when its goods are sent, and that is told once, however often it is heard', async () => {
  const order = await place('SENT');

  await sent(order);
  await sent(order);

  expect(await now(order)).toMatchObject({ status: 'fulfilled', fulfilledAt: expect.any(Date) });
  expect(await said(Orders.event.orderFulfilled, order)).toHaveLength(1);
  expect(await told('SENT', 2)).toEqual(['order-fulfilled', 'order-placed']);
});

test.each([
  ['UNPAID', unpaid, 'The payment could not be taken.'],
  ['MISSING', missing, 'The goods are not there any more.'],
  ['UNSENT', unsent, 'The glass is broken.'],
])(
  'an order that is %s is cancelled with the reason, and that is told once, however often it is heard',
  async (customer, failure, reason) => {
    const order = await place(customer);

    await failure(order);
    await failure(order);

    expect(await now(order)).toMatchObject({ status: 'cancelled', cancellations: [{ number: 1, reason }] });
    expect(await said(Orders.event.orderCancelled, order)).toMatchObject([
      { status: 'cancelled', fulfilment: 'automatic', cancellation: { reason } },
    ]);
    expect(await told(customer, 2)).toEqual(['order-placed', 'order-undeliverable']);
  },
);

test('a fulfilled order whose goods do not arrive is cancelled after all', async () => {
  const order = await place('RETURNED');
  await sent(order);

  await unsent(order);

  expect(await now(order)).toMatchObject({ status: 'cancelled' });
  expect(await told('RETURNED', 3)).toEqual(['order-fulfilled', 'order-placed', 'order-undeliverable']);
});

test('what is heard after the customer has cancelled changes nothing, and nobody is told again', async () => {
  const order = await place('EARLIER');
  const cancelled = await orders.cancel({ orderId: order.orderId });

  for (const news of [sent, unpaid, missing, unsent]) await news(order);

  expect(await now(order)).toEqual(cancelled);
  expect(await said(Orders.event.orderCancelled, order)).toHaveLength(1);
  expect(await told('EARLIER', 2)).toEqual(['order-cancelled', 'order-placed']);
});

test('news of an order that is being changed waits until that is done', async () => {
  const order = await place('CHANGING');
  const book = modules.port(OrderBook);
  const { cancellation } = await book.strike({
    orderId: order.orderId,
    from: 'placed',
    lines: [{ productId: '71053', quantity: 1 }],
  });

  await expect(sent(order)).rejects.toThrow(new OrderChanging({ orderId: order.orderId }));
  await book.restore({ orderId: order.orderId, number: cancellation.number, status: 'placed' });
  await sent(order);

  expect(await now(order)).toMatchObject({ status: 'fulfilled', cancellations: [] });
});

test('only what is left of an order is cancelled', async () => {
  const order = await place('PARTLY', { lines: [{ productId: '71053', quantity: 3 }] });
  await orders.cancel({ orderId: order.orderId, lines: [{ productId: '71053', quantity: 1 }] });

  await missing(order);

  expect((await now(order)).cancellations.map(({ lines }) => lines)).toEqual([
    [{ productId: '71053', quantity: 1 }],
    [{ productId: '71053', quantity: 2 }],
  ]);
});

test('an order that is fulfilled by hand is nobody else’s business', async () => {
  const order = await orders.place(anOrder({ customerId: 'BY-HAND' }));

  for (const news of [sent, unpaid, missing, unsent]) await news(order);

  expect(await now(order)).toEqual(order);
});
