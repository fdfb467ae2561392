import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, type RunningModules, statementsOf } from '@macrolith/testing';
import { Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { anOrder } from '../src/testing.js';
import { aShop } from './shop.js';

let modules: RunningModules;
beforeAll(async () => {
  modules = await bootModule(OrdersModule, { fakes: (await aShop()).fakes });
});
afterAll(() => modules.close());

test.each([1, 3])('an order of %d lines costs this module three statements', async (count) => {
  const lines = ['71053', '22960', 'SAMPLE'].slice(0, count).map((productId) => ({ productId, quantity: 1 }));

  const statements = await statementsOf(modules, 'orders', () => modules.port(Orders).place(anOrder({ lines })));

  // The order with all its lines, its confirmation, and the outbox with the event and the message.
  expect(statements).toHaveLength(3);
});
