import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DomainError } from '@macrolith/contract';
import { BootVerification, runInContext } from '@macrolith/core';
import { OutOfStock } from '@macrolith/inventory';
import { PaymentDeclined } from '@macrolith/payments';
import { eventually } from '@macrolith/testing';
import { testOfOneTransaction } from './elsewhere.js';
import { fund, openShop, type Shop, stock } from './shop.js';

const RECONCILIATION = new URL('../../../tooling/retail-import/sql/reconcile.sql', import.meta.url);

// The same orders, as one transaction each and as durable runs across modules that count as elsewhere.
describe.each([
  ['by-binding', 'collapsed'],
  ['durable', 'durable'],
] as const)('The shop, its workflows %s', (workflows, mode) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ workflows, checks: false });
  });
  afterAll(() => shop.close());

  testOfOneTransaction('tells which mode its workflows run in', () => {
    const orders = shop.modules
      .get(BootVerification)
      .report()
      .find(({ module }) => module === 'orders')!;
    // A card is asked outside of any transaction, wherever the modules are.
    const expected = (name: string) => (name === 'orders.place-by-card' ? 'durable' : mode);
    expect(orders.workflows.map((workflow) => workflow.mode)).toEqual(
      orders.workflows.map(({ name }) => expected(name)),
    );
  });

  test('of 16 who buy the last piece at once, one gets it, and the others are told and keep their money', async () => {
    const productId = await stock(shop, 'LAST', 1);
    const buyers = Array.from({ length: 16 }, (_, n) => `last${n}`);
    for (const buyer of buyers) await fund(shop, buyer, 1000n);

    const outcomes = await Promise.allSettled(buyers.map((buyer) => place(buyer, [{ productId, quantity: 1 }])));

    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals.map((refusal) => refusal instanceof OutOfStock)).toEqual(Array(15).fill(true));
    const held = await Promise.all(buyers.map((accountId) => shop.payments.getAccount({ accountId })));
    expect(held.filter((account) => account.held.amountMinor === 100n)).toHaveLength(1);
    expect(held.filter((account) => account.held.amountMinor === 0n)).toHaveLength(15);
    expect(await discrepancies()).toEqual([]);
  });

  test('who cannot pay changes nothing, and an order that is sent twice under one key is one order', async () => {
    const productId = await stock(shop, 'TWICE', 10);
    await fund(shop, 'poor', 50n);
    await fund(shop, 'twice', 1000n);

    await expect(place('poor', [{ productId, quantity: 1 }])).rejects.toThrow(PaymentDeclined);
    const keyed = () => runInContext({ idempotencyKey: 'wish' }, () => place('twice', [{ productId, quantity: 2 }]));
    const [first, second] = await Promise.all([keyed(), keyed()]);

    expect(second).toEqual(first);
    expect(await keyed()).toEqual(first);
    expect(await shop.inventory.getStock({ productIds: [productId] })).toMatchObject([{ available: 8, reserved: 2 }]);
    expect(await discrepancies()).toEqual([]);
  });

  test('orders that are placed, cancelled and fulfilled at once all end, and everything adds up', async () => {
    const products = await Promise.all(['MIX1', 'MIX2', 'MIX3'].map((id) => stock(shop, id, 60)));
    const accounts = await Promise.all(['mix1', 'mix2'].map((id) => fund(shop, id, 20_000n)));

    const lives = Array.from({ length: 24 }, async (_, n) => {
      const lines = rotated(products, n).map((productId) => ({ productId, quantity: 1 + (n % 4) }));
      const order = await place(accounts[n % accounts.length]!, lines).catch(rethrowUnlessDeclared);
      if (order === undefined) return;
      const { orderId } = order;
      const part = [{ productId: order.lines[n % order.lines.length]!.productId, quantity: 1 }];
      const steps = [
        () => shop.orders.cancel({ orderId, lines: part }),
        () => shop.orders.fulfil({ orderId }),
        () => shop.orders.cancel({ orderId }),
      ];
      await Promise.all(rotated(steps, n).map((step) => step().catch(rethrowUnlessDeclared)));
    });
    await Promise.all(lives);

    await eventually('The end of all runs', openRuns, (open) => open === 0, { withinMs: 30_000 });
    expect(await discrepancies()).toEqual([]);
  });

  const place = (customerId: string, lines: { productId: string; quantity: number }[]) =>
    shop.orders.place({ customerId, accountId: customerId, lines });

  async function openRuns(): Promise<number> {
    const { rows } = await shop.administrator.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM orders.workflow_run WHERE closed_at IS NULL`,
    );
    return rows[0]!.open;
  }

  async function discrepancies(): Promise<unknown[]> {
    const { rows } = await shop.administrator.query(await readFile(RECONCILIATION, 'utf8'));
    return rows.filter((row) => row.wrong > 0);
  }
});

function rethrowUnlessDeclared(error: unknown): undefined {
  if (!(error instanceof DomainError)) throw error;
}

function rotated<T>(values: readonly T[], by: number): T[] {
  return values.map((_, n) => values[(n + by) % values.length]!);
}
