import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Quote } from '@macrolith/catalog';
import { bootModule, type RunningModules } from '@macrolith/testing';
import { OrderBook } from '../src/book/order-book.js';
import { type Order, OrderChanging, OrderNotFound, Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { anOrder } from '../src/testing.js';
import { aShop } from './shop.js';

const quotes: Quote[] = [{ productId: '71053', name: 'Lantern', price: { amountMinor: 339n, currency: 'GBP' } }];
const ids = {
  paymentId: '00000000-0000-4000-8000-000000000001',
  reservationId: '00000000-0000-4000-8000-000000000002',
};

let modules: RunningModules;
let book: OrderBook;
let orders: Orders;
beforeAll(async () => {
  modules = await bootModule(OrdersModule, { fakes: (await aShop()).fakes });
  book = modules.port(OrderBook);
  orders = modules.port(Orders);
});
afterAll(() => modules.close());

const open = () => book.open({ ...anOrder({ lines: [{ productId: '71053', quantity: 3 }] }), quotes });
const read = ({ orderId }: Order) => orders.getOrder({ orderId });

// One transaction takes steps back by rolling back. These are the commands that a run in several transactions will use.

test('an order that is withdrawn was never there', async () => {
  const order = await open();
  expect(await read(order)).toMatchObject({ status: 'pending' });

  await book.withdraw(order);

  await expect(read(order)).rejects.toThrow(OrderNotFound);
});

test('an order that was confirmed is not withdrawn any more', async () => {
  const placed = await book.confirm({ order: await open(), ...ids });

  await book.withdraw(placed);

  expect(await read(placed)).toEqual(placed);
});

test('what was struck off is restored, line by line, whichever cancellation it was', async () => {
  const placed = await book.confirm({ order: await open(), ...ids });
  const { orderId } = placed;
  const one = [{ productId: '71053', quantity: 1 }];
  const first = await book.strike({ orderId, lines: one, from: 'placed' });
  await book.announceCancellation(first);
  const rest = await book.strike({ orderId, from: 'placed' });
  expect([first.whole, rest.whole]).toEqual([false, true]);

  await book.restore({ orderId, number: rest.cancellation.number, status: 'placed' });
  expect(await read(placed)).toEqual(first.order);

  await book.restore({ orderId, number: first.cancellation.number, status: 'placed' });
  expect(await read(placed)).toEqual(placed);
});

test('restoring once more changes nothing', async () => {
  const placed = await book.confirm({ order: await open(), ...ids });
  const { orderId } = placed;
  const { cancellation } = await book.strike({ orderId, from: 'placed' });

  await book.restore({ orderId, number: cancellation.number, status: 'placed' });
  await book.restore({ orderId, number: cancellation.number, status: 'placed' });

  expect(await read(placed)).toEqual(placed);
});

test('an order that is reopened is placed, and was never fulfilled', async () => {
  const placed = await book.confirm({ order: await open(), ...ids });
  await book.fulfil(placed);

  await book.reopen(placed);

  expect(await read(placed)).toEqual(placed);
});

test('an order that is in the middle of a change is changed by nobody else, until that is announced or taken back', async () => {
  const placed = await book.confirm({ order: await open(), ...ids });
  const { orderId } = placed;
  const one = { orderId, lines: [{ productId: '71053', quantity: 1 }], from: 'placed' as const };
  const { order, cancellation } = await book.strike(one);
  await expect(book.strike(one)).rejects.toThrow(OrderChanging);
  await expect(book.fulfil({ orderId })).rejects.toThrow(OrderChanging);

  await book.announceCancellation({ order, cancellation });
  const second = await book.strike(one);
  await book.restore({ orderId, number: second.cancellation.number, status: 'placed' });
  await book.fulfil({ orderId });
  await expect(book.strike({ ...one, from: 'fulfilled' })).rejects.toThrow(OrderChanging);
  await book.announceFulfilment({ order });
  expect((await book.strike({ ...one, from: 'fulfilled' })).order).toMatchObject({ status: 'fulfilled' });
});
