import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, eventually, publishedEvents, type RunningModules } from '@macrolith/testing';
import { Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { anOrder } from '../src/testing.js';
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

const eventsOf = async (event: Parameters<typeof publishedEvents>[1], orderId: string) =>
  (await publishedEvents(modules, event)).filter((data) => data.orderId === orderId);
const newsFor = (to: string, count: number) =>
  eventually(
    `News for ${to}`,
    () => shop.notifications.messages.filter((message) => message.to === to),
    ({ length }) => length >= count,
  );

test('an order tells what became of it, in events and in messages', async () => {
  const email = 'ada@example.com';
  const { orderId, customerId, placedAt } = await orders.place(
    anOrder({ email, country: 'France', lines: [{ productId: '71053', quantity: 3 }] }),
  );
  await orders.cancel({ orderId, lines: [{ productId: '71053', quantity: 1 }], reason: 'One is enough' });
  await orders.fulfil({ orderId });

  const order = { orderId, customerId, country: 'France', placedAt, fulfilment: 'manual' };
  const lantern = { productId: '71053', name: 'Product 71053', unitPrice: pounds(339n) };
  expect(await eventsOf(Orders.event.orderPlaced, orderId)).toEqual([
    { ...order, lines: [{ ...lantern, quantity: 3, total: pounds(1017n) }], total: pounds(1017n) },
  ]);
  expect(await eventsOf(Orders.event.orderCancelled, orderId)).toMatchObject([
    {
      ...order,
      status: 'placed',
      lines: [{ ...lantern, quantity: 1, total: pounds(339n) }],
      cancellation: { number: 1, amount: pounds(339n), reason: 'One is enough' },
    },
  ]);
  expect(await eventsOf(Orders.event.orderFulfilled, orderId)).toEqual([{ ...order, total: pounds(678n) }]);
  expect((await newsFor(email, 3)).map((message) => [message.channel, message.template]).sort()).toEqual([
    ['email', 'order-cancelled'],
    ['email', 'order-fulfilled'],
    ['email', 'order-placed'],
  ]);
});

test('what is cancelled after its goods have left tells when they had', async () => {
  const { orderId } = await orders.place(anOrder());
  const { fulfilledAt } = await orders.fulfil({ orderId });
  await orders.cancel({ orderId });

  expect(await eventsOf(Orders.event.orderCancelled, orderId)).toMatchObject([{ status: 'cancelled', fulfilledAt }]);
});

test('who left no address finds the news in the list of messages', async () => {
  await orders.place(anOrder({ customerId: 'QUIET' }));

  expect(await newsFor('QUIET', 1)).toMatchObject([{ channel: 'memory', subject: expect.stringContaining('order') }]);
});

test('an order that is refused tells nobody anything', async () => {
  const before = (await publishedEvents(modules, Orders.event.orderPlaced)).length;

  await expect(orders.place(anOrder({ customerId: 'REFUSED', accountId: 'nobody' }))).rejects.toThrow();
  await orders.place(anOrder({ customerId: 'LATER' }));
  await newsFor('LATER', 1);

  expect(await publishedEvents(modules, Orders.event.orderPlaced)).toHaveLength(before + 1);
  expect(shop.notifications.messages.filter((message) => message.to === 'REFUSED')).toEqual([]);
});
