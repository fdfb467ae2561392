import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readiness, readWorkspace } from '@macrolith/cli';
import { recordCalls } from '@macrolith/testing';
import { fund, openShop, type Shop, stock } from './shop.js';

/** Read once, for all tests. */
const WORKSPACE = readWorkspace(join(import.meta.dirname, '../../..'));

/** What stands in the way of moving a module out, as rule and subject. */
async function obstaclesOf(module: string): Promise<string[]> {
  const { obstacles } = await readiness(WORKSPACE, { module });
  return obstacles.map(({ rule, subject }) => `${rule} ${subject}`);
}

describe('The modules of the shop', () => {
  test.each(['analytics', 'catalog', 'fraud', 'inventory', 'notifications', 'orders', 'payments', 'shipping'])(
    '%s can move out',
    async (module) => {
      expect(await obstaclesOf(module)).toEqual([]);
    },
  );
});

describe('What orders really call', () => {
  let shop: Shop;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'macrolith-calls-'));
    shop = await openShop();
  });
  afterAll(async () => {
    await shop?.close();
    rmSync(folder, { recursive: true });
  });

  test('is what the sources say, and crosses to payments once an action', async () => {
    const lines = [{ productId: await stock(shop, 'MOVED', 20), quantity: 2 }];
    const accountId = await fund(shop, 'mover', 10_000n);
    const calls = join(folder, 'calls.jsonl');
    {
      using _ = recordCalls(calls);
      for (const end of ['cancel', 'fulfil'] as const) {
        const { orderId } = await shop.orders.place({ customerId: 'mover', accountId, lines });
        await shop.orders[end]({ orderId });
      }
    }

    const { obstacles, traffic } = await readiness(WORKSPACE, { module: 'payments', calls });

    // With the fraud score an order waits for five, and the tool says so: moved out one by one, that is much.
    expect(obstacles.filter(({ rule }) => rule.startsWith('recorded-'))).toMatchObject([
      { rule: 'recorded-wide-action', subject: 'orders.place' },
    ]);
    expect(traffic).toEqual([
      { action: 'orders.cancel', times: 1, median: 1, most: 1 },
      { action: 'orders.fulfil', times: 1, median: 1, most: 1 },
      { action: 'orders.place', times: 2, median: 1, most: 1 },
    ]);
  });
});
