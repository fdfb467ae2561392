import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import { InvalidShipmentState, MAX_PIECES, ShipmentNotFound, type Shipping } from '../src/index.js';
import { goods } from '../src/testing.js';

/** What every provider must do. Tests share one, so each works on orders of its own. */
export function specifyShipping(subject: ContractSubject<typeof Shipping>): void {
  const request = (orderId: string) => subject.port.request(goods({ orderId }));

  test('goods that are asked for wait to be dispatched', async () => {
    const lines = [
      { productId: '71053', quantity: 2 },
      { productId: '22960', quantity: 3 },
    ];

    const shipment = await subject.port.request({ orderId: 'ASKED', lines });

    expect(shipment).toEqual({
      shipmentId: expect.any(String),
      orderId: 'ASKED',
      status: 'requested',
      lines,
      pieces: 5,
      requestedAt: expect.any(Date),
    });
    expect(await subject.port.getShipment(shipment)).toEqual(shipment);
  });

  test('an order has one shipment, however often its goods are asked for', async () => {
    const shipment = await request('ONCE');

    const again = await subject.port.request(goods({ orderId: 'ONCE', lines: [{ productId: 'OTHER', quantity: 9 }] }));

    expect(again).toEqual(shipment);
    expect((await subject.port.listShipments({ orderId: 'ONCE' })).items).toHaveLength(1);
  });

  test('goods are dispatched and delivered', async () => {
    const { shipmentId } = await request('SENT');

    const dispatched = await subject.port.dispatch({ shipmentId, trackingCode: 'JD 0146-00' });
    const delivered = await subject.port.deliver({ shipmentId });

    expect(dispatched).toMatchObject({
      status: 'dispatched',
      trackingCode: 'JD 0146-00',
      dispatchedAt: expect.any(Date),
    });
    expect(delivered).toEqual({ ...dispatched, status: 'delivered', deliveredAt: expect.any(Date) });
    expect(await subject.port.getShipment({ shipmentId })).toEqual(delivered);
  });

  test('goods that are refused before they are dispatched are in the house', async () => {
    const { shipmentId } = await request('UNPACKED');

    expect(await subject.port.refuse({ shipmentId, reason: 'The glass is broken.' })).toMatchObject({
      status: 'refused',
      refusal: { reason: 'The glass is broken.', goods: 'in-house' },
      refusedAt: expect.any(Date),
    });
  });

  test('goods that are refused on their way are away', async () => {
    const { shipmentId } = await request('NOBODY-HOME');
    await subject.port.dispatch({ shipmentId });

    const refused = await subject.port.refuse({ shipmentId, reason: 'Nobody was at home.' });

    expect(refused.refusal).toEqual({ reason: 'Nobody was at home.', goods: 'away' });
  });

  test('more than a carrier takes is refused at once, and as much as it takes is not', async () => {
    const lines = (quantity: number) => [
      { productId: 'A', quantity: MAX_PIECES - 1 },
      { productId: 'B', quantity },
    ];

    expect(await subject.port.request({ orderId: 'FULL', lines: lines(1) })).toMatchObject({ status: 'requested' });
    expect(await subject.port.request({ orderId: 'TOO-MUCH', lines: lines(2) })).toMatchObject({
      status: 'refused',
      refusal: { reason: 'No carrier takes more than 10000 pieces in one shipment.', goods: 'in-house' },
    });
  });

  test('the goods of an order that is withdrawn stay in the house', async () => {
    const { shipmentId } = await request('OFF');

    await subject.port.withdraw({ orderId: 'OFF' });
    await subject.port.withdraw({ orderId: 'OFF' });

    expect(await subject.port.getShipment({ shipmentId })).toMatchObject({
      status: 'refused',
      refusal: { reason: 'The order was cancelled.', goods: 'in-house' },
    });
  });

  test('an order that was withdrawn before its goods came sends nothing', async () => {
    await subject.port.withdraw({ orderId: 'OFF-EARLY' });

    expect(await request('OFF-EARLY')).toMatchObject({
      status: 'refused',
      refusal: { reason: 'The order was cancelled.', goods: 'in-house' },
    });
  });

  test('what is on its way goes on when the order is withdrawn', async () => {
    const { shipmentId } = await request('OFF-LATE');
    const dispatched = await subject.port.dispatch({ shipmentId });

    await subject.port.withdraw({ orderId: 'OFF-LATE' });

    expect(await subject.port.getShipment({ shipmentId })).toEqual(dispatched);
  });

  test('what a state does not allow is refused, and changes nothing', async () => {
    const { shipmentId } = await request('STATES');
    const refusal = (state: 'requested' | 'refused', action: 'dispatch' | 'deliver' | 'refuse') =>
      new InvalidShipmentState({ shipmentId, state, action });

    await expect(subject.port.deliver({ shipmentId })).rejects.toThrow(refusal('requested', 'deliver'));
    const refused = await subject.port.refuse({ shipmentId, reason: 'Lost' });
    await expect(subject.port.dispatch({ shipmentId })).rejects.toThrow(refusal('refused', 'dispatch'));
    await expect(subject.port.refuse({ shipmentId, reason: 'Again' })).rejects.toThrow(refusal('refused', 'refuse'));

    expect(await subject.port.getShipment({ shipmentId })).toEqual(refused);
  });

  test('a shipment that nobody asked for is not found', async () => {
    const shipmentId = randomUUID();
    const missing = new ShipmentNotFound({ shipmentId });
    await expect(subject.port.getShipment({ shipmentId })).rejects.toThrow(missing);
    await expect(subject.port.dispatch({ shipmentId })).rejects.toThrow(missing);
    await expect(subject.port.deliver({ shipmentId })).rejects.toThrow(missing);
    await expect(subject.port.refuse({ shipmentId, reason: 'Lost' })).rejects.toThrow(missing);
  });

  test('pages have the newest first, neither repeat nor skip, and can be of one state', async () => {
    const shipments = [];
    for (const n of [1, 2, 3]) {
      shipments.push(await request(`PAGE-${n}`));
      await nextMillisecond();
    }
    await subject.port.dispatch(shipments[1]!);

    const first = await subject.port.listShipments({ limit: 2 });
    const second = await subject.port.listShipments({ cursor: first.nextCursor!, limit: 1 });
    const sent = await subject.port.listShipments({ status: 'dispatched', limit: 1 });

    expect([...first.items, ...second.items].map(({ orderId }) => orderId)).toEqual(['PAGE-3', 'PAGE-2', 'PAGE-1']);
    expect(first.items[0]).not.toHaveProperty('lines');
    expect(sent.items.map(({ orderId }) => orderId)).toEqual(['PAGE-2']);
  });
}

function nextMillisecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
