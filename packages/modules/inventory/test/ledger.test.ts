import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, publishedEvents, type RunningModules, statementsOf } from '@macrolith/testing';
import { Inventory } from '../src/index.js';
import { InventoryModule } from '../src/local.js';
import { addUpLedger } from './ledger.js';

let modules: RunningModules;
let inventory: Inventory;
beforeAll(async () => {
  modules = await bootModule(InventoryModule);
  inventory = modules.port(Inventory);
});
afterAll(() => modules.close());

test('the ledger tells every movement, with what it was for', async () => {
  await inventory.receive({ productId: 'A', quantity: 10, reference: 'DN 1' });
  const { reservationId } = await inventory.reserve({ orderId: 'O-1', lines: [{ productId: 'A', quantity: 4 }] });
  await inventory.release({ reservationId, lines: [{ productId: 'A', quantity: 1 }] });
  await inventory.commit({ reservationId });

  const { rows } = await modules.database
    .of('inventory')
    .query('SELECT kind, quantity, reference FROM inventory.movement ORDER BY movement_id');

  expect(rows).toEqual([
    { kind: 'received', quantity: 10, reference: 'DN 1' },
    { kind: 'reserved', quantity: 4, reference: reservationId },
    { kind: 'released', quantity: 1, reference: reservationId },
    { kind: 'committed', quantity: 3, reference: reservationId },
  ]);
  expect(await addUpLedger(modules)).toEqual([{ productId: 'A', available: 7, reserved: 0 }]);
});

test.each(['UPDATE inventory.movement SET quantity = 1', 'DELETE FROM inventory.movement'])(
  'the ledger refuses: %s',
  async (statement) => {
    await expect(modules.database.of('inventory').query(statement)).rejects.toThrow(
      /is a ledger: correct it with a further entry/,
    );
  },
);

test('a receipt is told once, however often it is sent', async () => {
  const receipt = { productId: 'B', quantity: 2, reference: 'DN 2' };
  await inventory.receive(receipt);
  await inventory.receive(receipt);

  const received = await publishedEvents(modules, Inventory.event.stockReceived);

  expect(received.filter((event) => event.productId === 'B')).toEqual([{ ...receipt, available: 2 }]);
});

test('a reservation is one statement, whatever the number of lines', async () => {
  const lines = Array.from({ length: 50 }, (_, index) => ({ productId: `MANY${index}`, quantity: 1 }));
  for (const line of lines) await inventory.receive({ ...line, quantity: 2, reference: line.productId });

  const statements = await statementsOf(modules, 'inventory', () => inventory.reserve({ orderId: 'O-MANY', lines }));

  expect(statements).toHaveLength(1);
});
