import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { bootModule, eventually, type RunningModules } from '@macrolith/testing';
import { type OrderStory, Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { anOrder } from '../src/testing.js';
import { aShop, type Shop } from './shop.js';

let shop: Shop;
let modules: RunningModules;
let orders: Orders;
beforeAll(async () => {
  shop = await aShop();
  modules = await bootModule(OrdersModule, { fakes: shop.fakes, events: { maxAttempts: 2 } });
  orders = modules.port(Orders);
});
afterAll(() => modules.close());

/** Each request of a customer has a trace of its own. */
function asRequest<T>(work: () => Promise<T>): Promise<T> {
  const id = (bytes: number) => randomBytes(bytes).toString('hex');
  return runInContext({ traceparent: `00-${id(16)}-${id(8)}-01` }, work);
}

const place = () => asRequest(() => orders.place(anOrder()));
const atRest = ({ entries }: OrderStory) =>
  entries.every(({ handled }) => handled.every(({ state }) => state !== 'open'));
const storyOf = (orderId: string) => eventually('Rest', () => orders.getStory({ orderId }), atRest);

test('the story of an order tells what was said, what was asked for, and who has done it', async () => {
  const { orderId } = await place();

  const { entries, isCut } = await storyOf(orderId);

  expect(isCut).toBe(false);
  expect(entries).toMatchObject([
    { kind: 'event', type: 'orders.order-placed.v1', saidBy: 'orders', saidAt: expect.any(Date), handled: [] },
    {
      kind: 'task',
      type: 'notifications.send',
      saidBy: 'orders',
      handled: [{ by: 'notifications.send', state: 'done', attempts: 1, at: expect.any(Date) }],
    },
  ]);
});

test('what a customer wished for later belongs to it, and what happened to other orders does not', async () => {
  const { orderId } = await place();
  await place();
  await asRequest(() => orders.cancel({ orderId }));

  const types = (await storyOf(orderId)).entries.map(({ type }) => type);

  expect(types.toSorted()).toEqual([
    'notifications.send',
    'notifications.send',
    'orders.order-cancelled.v1',
    'orders.order-placed.v1',
  ]);
});

test('it tells what failed for good, and why', async () => {
  const send = shop.notifications.send.bind(shop.notifications);
  shop.notifications.send = async () => {
    throw new Error('The printer is on fire.');
  };
  const { orderId } = await place();

  const { entries } = await storyOf(orderId);
  shop.notifications.send = send;

  expect(entries.flatMap(({ handled }) => handled)).toMatchObject([
    {
      by: 'notifications.send',
      state: 'dead',
      attempts: 2,
      at: expect.any(Date),
      failure: 'Error: The printer is on fire.',
    },
  ]);
});
