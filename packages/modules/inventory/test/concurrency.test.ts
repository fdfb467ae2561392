import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import { detach } from '@macrolith/data';
import { bootModule, eventually, publishedEvents, type RunningModules } from '@macrolith/testing';
import fc from 'fast-check';
import { Inventory, OutOfStock, type StockLine } from '../src/index.js';
import { InventoryModule } from '../src/local.js';
import { addUpHeld, addUpLedger, readLevels } from './ledger.js';

let modules: RunningModules;
let inventory: Inventory;
beforeAll(async () => {
  modules = await bootModule(InventoryModule);
  inventory = modules.port(Inventory);
});
afterAll(() => modules.close());

test('of 32 concurrent buyers of the last piece one gets it, the others are told, and nothing else changes', async () => {
  await inventory.receive({ productId: 'LAST', quantity: 1, reference: 'LAST' });
  await inventory.receive({ productId: 'PLENTY', quantity: 100, reference: 'PLENTY' });
  const lines = [
    { productId: 'PLENTY', quantity: 2 },
    { productId: 'LAST', quantity: 1 },
  ];

  const buyers = Array.from({ length: 32 }, (_, buyer) => inventory.reserve({ orderId: `buyer ${buyer}`, lines }));
  const outcomes = await Promise.allSettled(buyers);

  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);
  expect(refusals).toHaveLength(31);
  for (const refusal of refusals) {
    expect(refusal).toBeInstanceOf(OutOfStock);
    expect(refusal).toMatchObject({ productId: 'LAST', requested: 1, available: 0 });
  }
  expect(await inventory.getStock({ productIds: ['LAST', 'PLENTY'] })).toEqual([
    { productId: 'LAST', available: 0, reserved: 1 },
    { productId: 'PLENTY', available: 98, reserved: 2 },
  ]);
  expect(await addUpLedger(modules)).toEqual(await readLevels(modules));
  expect(await publishedEvents(modules, Inventory.event.stockDepleted)).toEqual([{ productId: 'LAST' }]);
});

test('of concurrent attempts to reserve one order, one succeeds', async () => {
  await inventory.receive({ productId: 'SAME', quantity: 100, reference: 'SAME' });
  const wish = { orderId: 'one order', lines: [{ productId: 'SAME', quantity: 1 }] };

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => inventory.reserve(wish)));

  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  expect(await inventory.getStock({ productIds: ['SAME'] })).toMatchObject([{ available: 99, reserved: 1 }]);
});

test('of concurrent copies of one receipt, one counts', async () => {
  const receipt = { productId: 'COPY', quantity: 3, reference: 'COPY' };

  const levels = await Promise.all(Array.from({ length: 8 }, () => inventory.receive(receipt)));

  for (const level of levels) expect(level).toEqual({ productId: 'COPY', available: 3, reserved: 0 });
});

test('concurrent releases and commits of one reservation end every piece once', async () => {
  await inventory.receive({ productId: 'ENDS', quantity: 10, reference: 'ENDS' });
  const reservation = await inventory.reserve({ orderId: 'ENDS', lines: [{ productId: 'ENDS', quantity: 10 }] });
  const one = { ...reservation, lines: [{ productId: 'ENDS', quantity: 1 }] };

  await Promise.allSettled([
    ...Array.from({ length: 6 }, () => inventory.release(one)),
    inventory.commit(reservation),
    inventory.commit(reservation),
  ]);

  const ended = await inventory.getReservation(reservation);
  expect(ended).toMatchObject({ status: 'committed', lines: [{ held: 0 }] });
  expect(await addUpLedger(modules)).toEqual(await readLevels(modules));
});

const WAITING = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`;

test('pieces that come free while an order waits for them are had by it', async () => {
  await inventory.receive({ productId: 'COMES-FREE', quantity: 5, reference: 'COMES-FREE' });
  const line = { productId: 'COMES-FREE', quantity: 4 };
  const before = await inventory.reserve({ orderId: 'COMES-FREE before', lines: [line] });

  const waiting = await modules.get(UnitOfWork).run(async () => {
    await inventory.release(before);
    // Somebody else's order, in a transaction of its own.
    const after = detach(() => inventory.reserve({ orderId: 'COMES-FREE after', lines: [line] }));
    await eventually(
      'An order that waits for a lock',
      () => detach(() => modules.database.of('inventory').query(WAITING)),
      ({ rows }) => rows.length > 0,
    );
    return { after };
  });

  await waiting.after;
  expect(await addUpLedger(modules)).toEqual(await readLevels(modules));
});

const PRODUCTS = ['P1', 'P2', 'P3', 'P4'];
const line = fc.record({ productId: fc.constantFrom(...PRODUCTS), quantity: fc.integer({ min: 1, max: 4 }) });
const buyer = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  end: fc.constantFrom('keep', 'release', 'release first line', 'commit'),
});

test('whatever buyers do at the same time, no level is negative and the books add up', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(buyer, { minLength: 2, maxLength: 16 }), async (buyers) => {
      run += 1;
      for (const productId of PRODUCTS) {
        await inventory.receive({ productId, quantity: 5, reference: `${productId} in run ${run}` });
      }

      await Promise.all(buyers.map(({ lines, end }, index) => buy(`run ${run} buyer ${index}`, lines, end)));

      const levels = await readLevels(modules);
      const held = await addUpHeld(modules);
      expect(await addUpLedger(modules)).toEqual(levels);
      for (const { productId, available, reserved } of levels) {
        expect(available).toBeGreaterThanOrEqual(0);
        expect(reserved).toBe(held.get(productId) ?? 0);
      }
    }),
    { numRuns: 20 },
  );
});

/** Out of stock is the only thing that may keep a buyer from what he wants to do. */
async function buy(orderId: string, lines: readonly StockLine[], end: string): Promise<void> {
  try {
    const reservation = await inventory.reserve({ orderId, lines: [...lines] });
    if (end === 'release') await inventory.release(reservation);
    if (end === 'release first line') await inventory.release({ ...reservation, lines: lines.slice(0, 1) });
    if (end === 'commit') await inventory.commit(reservation);
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
  }
}
