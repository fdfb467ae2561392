import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '@macrolith/testing';
import { CardShop } from './card-shop.js';

const AUTOMATIC = { card: { token: 'tok_visa_4242' }, fulfilment: 'automatic' };

let shop: CardShop;
beforeEach(async () => {
  shop = await CardShop.open();
});
afterEach(() => shop.close());

async function becomes(reference: string, status: string): Promise<void> {
  await eventually(
    `The order ${status}`,
    async () => (await shop.orderOf(reference))?.status,
    (seen) => seen === status,
    { withinMs: 60_000 },
  );
  await shop.rest();
}

test('an automatic order that a card pays is charged once, and gets its money back when shipping refuses', async () => {
  expect(await shop.place('sent', AUTOMATIC)).toBe(201);
  await becomes('sent', 'fulfilled');
  expect(await shop.chargesOf('sent')).toMatchObject([
    { status: 'captured', capturedMinor: '1600', refundedMinor: '0' },
  ]);

  const [shipment] = await shop.rows<{ id: string }>('SELECT shipment_id AS id FROM shipping.shipment');
  const reason = { reason: 'It is broken.' };
  expect(await shop.post(`/api/shipping/shipments/${shipment!.id}/refuse`, reason, 'refuse')).toBe(200);
  await becomes('sent', 'cancelled');

  expect(await shop.chargesOf('sent')).toMatchObject([{ capturedMinor: '1600', refundedMinor: '1600' }]);
  expect(await shop.differences()).toEqual([]);
});

test('an automatic order ends, and is charged once, though the shell dies while it is fulfilled', async () => {
  for (const step of ['payments', 'inventory', 'shipping']) {
    const reference = `killed-at-${step}`;
    const before = await shop.count(`${step}.outbox WHERE kind = 'event'`);
    const placing = shop.place(reference, AUTOMATIC);
    await eventually(
      `News of ${step}`,
      () => shop.count(`${step}.outbox WHERE kind = 'event'`),
      (count) => count > before,
      { everyMs: 1, withinMs: 30_000 },
    );
    await shop.killShell();
    await placing;
    await shop.startShell();
    // Who asks again under the same key gets the same order.
    expect(await shop.place(reference, AUTOMATIC)).toBe(201);

    await becomes(reference, 'fulfilled');

    expect(await shop.chargesOf(reference)).toMatchObject([{ status: 'captured', capturedMinor: '1600' }]);
    expect(await shop.count(`shipping.shipment WHERE order_id = '${(await shop.orderOf(reference))!.order_id}'`)).toBe(
      1,
    );
  }
  expect(await shop.differences()).toEqual([]);
});
