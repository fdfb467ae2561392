import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventType } from '@macrolith/contract';
import { bootModule, hear, publishedEvents, type RunningModules } from '@macrolith/testing';
import { orderCancelled, paymentCaptured, shipmentRefused } from '../src/fulfilment/heard-events.js';
import { Inventory } from '../src/index.js';
import { InventoryModule } from '../src/local.js';

let modules: RunningModules;
let inventory: Inventory;
beforeAll(async () => {
  modules = await bootModule(InventoryModule);
  inventory = modules.port(Inventory);
});
afterAll(() => modules.close());

/** Keeps 3 of 10 pieces of a product for an order; the product has the order's name. */
async function keep(orderId: string): Promise<string> {
  await inventory.receive({ productId: orderId, quantity: 10, reference: `opening ${orderId}` });
  return (await inventory.reserve({ orderId, lines: [{ productId: orderId, quantity: 3 }] })).reservationId;
}

const paid = (orderId: string) => hear(modules, paymentCaptured, { orderId });
const cancelled = (orderId: string, changes: object = {}) =>
  hear(modules, orderCancelled, { orderId, status: 'cancelled', fulfilment: 'automatic', ...changes });
const refused = (orderId: string, goods: string, shipmentId: string) =>
  hear(modules, shipmentRefused, { shipmentId, lines: [{ productId: orderId, quantity: 3 }], goods });
const said = async (event: EventType, orderId: string) =>
  (await publishedEvents(modules, event)).filter((data) => data.orderId === orderId);
const level = async (productId: string) => (await inventory.getStock({ productIds: [productId] }))[0];
const { stockCommitted, stockNotCommitted } = Inventory.event;

test('what is kept for a paid order is taken from the shelves, once, and that is told', async () => {
  const reservationId = await keep('PAID');

  await paid('PAID');
  await paid('PAID');

  expect(await level('PAID')).toMatchObject({ available: 7, reserved: 0 });
  expect(await said(stockCommitted, 'PAID')).toEqual([
    { orderId: 'PAID', reservationId, lines: [{ productId: 'PAID', quantity: 3 }] },
  ]);
});

test('what was released before is not taken', async () => {
  const reservationId = await keep('PARTLY');
  await inventory.release({ reservationId, lines: [{ productId: 'PARTLY', quantity: 1 }] });

  await paid('PARTLY');

  expect(await level('PARTLY')).toMatchObject({ available: 8, reserved: 0 });
  expect(await said(stockCommitted, 'PARTLY')).toMatchObject([{ lines: [{ productId: 'PARTLY', quantity: 2 }] }]);
});

test('what is not kept any more cannot be taken, and that is told', async () => {
  const reservationId = await keep('GONE');
  await inventory.release({ reservationId });

  await paid('GONE');
  await paid('NOTHING');

  expect(await said(stockNotCommitted, 'GONE')).toEqual([{ orderId: 'GONE', reason: 'released' }]);
  expect(await said(stockNotCommitted, 'NOTHING')).toEqual([{ orderId: 'NOTHING', reason: 'no-reservation' }]);
});

test('what is kept for an order that is cancelled is free again, and is not taken afterwards', async () => {
  await keep('OFF');

  await cancelled('OFF');
  await cancelled('OFF');
  await paid('OFF');

  expect(await level('OFF')).toMatchObject({ available: 10, reserved: 0 });
  expect(await said(stockCommitted, 'OFF')).toEqual([]);
});

test.each([
  ['fulfilled by hand', { fulfilment: 'manual' }],
  ['cancelled in part', { status: 'placed' }],
])('what is kept for an order that is %s stays as it is', async (which, changes) => {
  await keep(which);

  await cancelled(which, changes);

  expect(await level(which)).toMatchObject({ available: 7, reserved: 3 });
});

test('goods that never left the house count again, once, and the ledger tells both', async () => {
  const shipmentId = randomUUID();
  await keep('RETURN');
  await paid('RETURN');

  await cancelled('RETURN');
  await refused('RETURN', 'in-house', shipmentId);
  await refused('RETURN', 'in-house', shipmentId);

  expect(await level('RETURN')).toMatchObject({ available: 10, reserved: 0 });
  const { rows } = await modules.database
    .of('inventory')
    .query(`SELECT kind, quantity FROM inventory.movement WHERE product_id = 'RETURN' ORDER BY movement_id`);
  expect(rows).toEqual([
    { kind: 'received', quantity: 10 },
    { kind: 'reserved', quantity: 3 },
    { kind: 'committed', quantity: 3 },
    { kind: 'received', quantity: 3 },
  ]);
});

test('goods that are away do not count until the warehouse receives them', async () => {
  await keep('AWAY');
  await paid('AWAY');

  await refused('AWAY', 'away', randomUUID());

  expect(await level('AWAY')).toMatchObject({ available: 7, reserved: 0 });
});
