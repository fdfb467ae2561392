import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventType } from '@macrolith/contract';
import { bootModule, hear, publishedEvents, type RunningModules } from '@macrolith/testing';
import { orderCancelled, stockCommitted } from '../src/heard-events.js';
import { Shipping } from '../src/index.js';
import { ShippingModule } from '../src/local.js';
import { goods } from '../src/testing.js';

const lines = [{ productId: '71053', quantity: 2 }];

let modules: RunningModules;
let shipping: Shipping;
beforeAll(async () => {
  modules = await bootModule(ShippingModule);
  shipping = modules.port(Shipping);
});
afterAll(() => modules.close());

const said = async (event: EventType, orderId: string) =>
  (await publishedEvents(modules, event)).filter((data) => data.orderId === orderId);
const shipmentOf = async (orderId: string) => (await shipping.listShipments({ orderId })).items[0];

test('what becomes of a shipment is told, each once', async () => {
  const { shipmentId } = await shipping.request(goods({ orderId: 'TOLD', lines }));
  await shipping.request(goods({ orderId: 'TOLD', lines }));
  await shipping.dispatch({ shipmentId, trackingCode: 'JD-1' });
  await shipping.deliver({ shipmentId });

  const ids = { shipmentId, orderId: 'TOLD' };
  expect(await said(Shipping.event.shipmentRequested, 'TOLD')).toEqual([{ ...ids, lines }]);
  expect(await said(Shipping.event.shipmentDispatched, 'TOLD')).toEqual([{ ...ids, trackingCode: 'JD-1' }]);
  expect(await said(Shipping.event.shipmentDelivered, 'TOLD')).toEqual([ids]);
  expect(await said(Shipping.event.shipmentRefused, 'TOLD')).toEqual([]);
});

test('a refusal tells why, what was packed, and where it is', async () => {
  const { shipmentId } = await shipping.request(goods({ orderId: 'BROKEN', lines }));
  await shipping.refuse({ shipmentId, reason: 'The glass is broken.' });

  expect(await said(Shipping.event.shipmentRefused, 'BROKEN')).toEqual([
    { shipmentId, orderId: 'BROKEN', lines, reason: 'The glass is broken.', goods: 'in-house' },
  ]);
});

test('what was taken from the shelves is sent, once, however often that is said', async () => {
  await hear(modules, stockCommitted, { orderId: 'TAKEN', lines });
  await hear(modules, stockCommitted, { orderId: 'TAKEN', lines });

  expect(await shipmentOf('TAKEN')).toMatchObject({ status: 'requested', pieces: 2 });
  expect(await said(Shipping.event.shipmentRequested, 'TAKEN')).toHaveLength(1);
});

test.each([
  ['before its goods come', [cancel, take]],
  ['after its goods came', [take, cancel]],
  ['twice', [take, cancel, cancel]],
])('an order that is cancelled %s keeps its goods in the house, and says so once', async (when, news) => {
  const orderId = `CANCELLED ${when}`;
  for (const tell of news) await tell(orderId);

  expect(await shipmentOf(orderId)).toMatchObject({ status: 'refused', refusal: { goods: 'in-house' } });
  expect(await said(Shipping.event.shipmentRefused, orderId)).toHaveLength(1);
});

test('of an order that is cancelled while its goods come, the goods stay', async () => {
  const orders = Array.from({ length: 20 }, (_, n) => `RACE-${n}`);

  await Promise.all(orders.flatMap((orderId) => [take(orderId), cancel(orderId)]));

  for (const orderId of orders) {
    expect(await shipmentOf(orderId)).toMatchObject({ status: 'refused' });
    expect(await said(Shipping.event.shipmentRefused, orderId)).toHaveLength(1);
  }
});

test.each([
  ['that is fulfilled by hand', { status: 'cancelled', fulfilment: 'manual' }],
  ['of which nobody said how it is fulfilled', { status: 'cancelled' }],
  ['of which only a part is cancelled', { status: 'fulfilled', fulfilment: 'automatic' }],
])('the goods of an order %s are sent', async (which, cancellation) => {
  const orderId = `SENT ${which}`;
  await hear(modules, orderCancelled, { orderId, ...cancellation });
  await take(orderId);

  expect(await shipmentOf(orderId)).toMatchObject({ status: 'requested' });
});

async function take(orderId: string): Promise<void> {
  await hear(modules, stockCommitted, { orderId, lines });
}

async function cancel(orderId: string): Promise<void> {
  await hear(modules, orderCancelled, { orderId, status: 'cancelled', fulfilment: 'automatic' });
}
