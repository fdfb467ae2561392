import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import {
  type Inventory,
  NotHeld,
  OrderAlreadyReserved,
  OutOfStock,
  ReceiptConflict,
  ReservationEnded,
  ReservationNotFound,
} from '../src/index.js';

const NO_RESERVATION = '00000000-0000-4000-8000-000000000000';

/** What every provider of the inventory must do. Tests share one, so each works on products and orders of its own. */
export function specifyInventory(inventory: ContractSubject<typeof Inventory>): void {
  const receive = (productId: string, quantity: number) =>
    inventory.port.receive({ productId, quantity, reference: `delivery of ${productId}` });
  const level = async (productId: string) => {
    const [stock] = await inventory.port.getStock({ productIds: [productId] });
    return [stock?.available, stock?.reserved];
  };

  test('what was received can be reserved', async () => {
    expect(await receive('IN1', 5)).toEqual({ productId: 'IN1', available: 5, reserved: 0 });

    const more = await inventory.port.receive({ productId: 'IN1', quantity: 2, reference: 'second delivery of IN1' });

    expect(more).toEqual({ productId: 'IN1', available: 7, reserved: 0 });
  });

  test('the same receipt sent again counts once', async () => {
    await receive('IN2', 5);
    await inventory.port.reserve({ orderId: 'O-IN2', lines: [{ productId: 'IN2', quantity: 1 }] });

    expect(await receive('IN2', 5)).toEqual({ productId: 'IN2', available: 4, reserved: 1 });
  });

  test.each([
    ['quantity', { productId: 'IN3', quantity: 6 }],
    ['product', { productId: 'IN3-other', quantity: 5 }],
  ])('another %s under the reference of an earlier receipt is refused', async (_what, line) => {
    await receive('IN3', 5);

    const conflicting = inventory.port.receive({ ...line, reference: 'delivery of IN3' });

    await expect(conflicting).rejects.toMatchObject({
      code: ReceiptConflict.code,
      reference: 'delivery of IN3',
      productId: 'IN3',
      quantity: 5,
    });
    expect(await level('IN3')).toEqual([5, 0]);
    expect(await level('IN3-other')).toEqual([0, 0]);
  });

  test('a reservation keeps all lines for the order', async () => {
    await receive('R1', 5);
    await receive('R2', 5);
    const lines = [
      { productId: 'R2', quantity: 1 },
      { productId: 'R1', quantity: 5 },
    ];

    const { reservationId } = await inventory.port.reserve({ orderId: 'O-R', lines });

    expect(await level('R1')).toEqual([0, 5]);
    expect(await level('R2')).toEqual([4, 1]);
    expect(await inventory.port.getReservation({ reservationId })).toEqual({
      reservationId,
      orderId: 'O-R',
      status: 'held',
      lines: [
        { productId: 'R1', quantity: 5, held: 5 },
        { productId: 'R2', quantity: 1, held: 1 },
      ],
    });
  });

  test('several lines of one product count as their sum', async () => {
    await receive('SUM', 5);
    const line = { productId: 'SUM', quantity: 3 };

    const tooMany = inventory.port.reserve({ orderId: 'O-SUM', lines: [line, line] });
    await expect(tooMany).rejects.toMatchObject({ productId: 'SUM', requested: 6, available: 5 });

    await inventory.port.reserve({ orderId: 'O-SUM', lines: [line, { productId: 'SUM', quantity: 2 }] });
    expect(await level('SUM')).toEqual([0, 5]);
  });

  test('where one line is short, nothing is reserved, and the first short line is named', async () => {
    for (const productId of ['S1', 'S2', 'S3']) await receive(productId, 2);
    const lines = [
      { productId: 'S2', quantity: 1 },
      { productId: 'S3', quantity: 3 },
      { productId: 'S1', quantity: 9 },
    ];

    const reserved = inventory.port.reserve({ orderId: 'O-S', lines });

    await expect(reserved).rejects.toMatchObject({
      code: OutOfStock.code,
      productId: 'S3',
      requested: 3,
      available: 2,
    });
    for (const productId of ['S1', 'S2', 'S3']) expect(await level(productId)).toEqual([2, 0]);
    await inventory.port.reserve({ orderId: 'O-S', lines: [{ productId: 'S1', quantity: 2 }] });
  });

  test('what was never received is out of stock', async () => {
    const reserved = inventory.port.reserve({ orderId: 'O-N', lines: [{ productId: 'NEVER', quantity: 1 }] });

    await expect(reserved).rejects.toMatchObject({ code: OutOfStock.code, productId: 'NEVER', available: 0 });
  });

  test('an order has one reservation, also when the stock would be short now', async () => {
    await receive('ONE', 3);
    const wish = { orderId: 'O-ONE', lines: [{ productId: 'ONE', quantity: 2 }] };
    const { reservationId } = await inventory.port.reserve(wish);

    const again = inventory.port.reserve(wish);

    await expect(again).rejects.toMatchObject({ code: OrderAlreadyReserved.code, orderId: 'O-ONE', reservationId });
    expect(await level('ONE')).toEqual([1, 2]);
  });

  const reserved = async (productId: string) => {
    await receive(productId, 5);
    const lines = [{ productId, quantity: 4 }];
    return inventory.port.reserve({ orderId: `O-${productId}`, lines });
  };

  test('a release gives everything back, and once more changes nothing', async () => {
    const { reservationId } = await reserved('RE1');

    const released = await inventory.port.release({ reservationId });

    expect(released).toMatchObject({ status: 'released', lines: [{ quantity: 4, held: 0 }] });
    expect(await inventory.port.release({ reservationId })).toEqual(released);
    expect(await inventory.port.getReservation({ reservationId })).toEqual(released);
    expect(await level('RE1')).toEqual([5, 0]);
  });

  test('a release of some lines keeps the others', async () => {
    const { reservationId } = await reserved('RE2');
    const one = { productId: 'RE2', quantity: 1 };

    const released = await inventory.port.release({ reservationId, lines: [one, one] });

    expect(released).toMatchObject({ status: 'held', lines: [{ quantity: 4, held: 2 }] });
    expect(await level('RE2')).toEqual([3, 2]);
    const rest = await inventory.port.release({ reservationId, lines: [{ productId: 'RE2', quantity: 2 }] });
    expect(rest).toMatchObject({ status: 'released', lines: [{ held: 0 }] });
  });

  test('more than is held cannot be released', async () => {
    const { reservationId } = await reserved('RE3');
    const release = (productId: string, quantity: number) =>
      inventory.port.release({ reservationId, lines: [{ productId, quantity }] });

    await expect(release('RE3', 5)).rejects.toMatchObject({
      code: NotHeld.code,
      reservationId,
      productId: 'RE3',
      requested: 5,
      held: 4,
    });
    await expect(release('RE3-other', 1)).rejects.toMatchObject({ code: NotHeld.code, held: 0 });
    expect(await level('RE3')).toEqual([1, 4]);
  });

  test('what was committed has left the house, and once more changes nothing', async () => {
    const { reservationId } = await reserved('CO1');
    await inventory.port.release({ reservationId, lines: [{ productId: 'CO1', quantity: 1 }] });

    const committed = await inventory.port.commit({ reservationId });

    expect(committed).toMatchObject({ status: 'committed', lines: [{ quantity: 4, held: 0 }] });
    expect(await inventory.port.commit({ reservationId })).toEqual(committed);
    expect(await level('CO1')).toEqual([2, 0]);
  });

  test('a reservation ends one way only', async () => {
    const first = await reserved('END1');
    const second = await reserved('END2');
    await inventory.port.commit(first);
    await inventory.port.release(second);

    await expect(inventory.port.release(first)).rejects.toMatchObject({ ...first, state: 'committed' });
    await expect(inventory.port.commit(second)).rejects.toThrow(ReservationEnded);
    expect(await level('END1')).toEqual([1, 0]);
    expect(await level('END2')).toEqual([5, 0]);
  });

  test('a reservation that nobody made is not found', async () => {
    const nobody = { reservationId: NO_RESERVATION };

    await expect(inventory.port.getReservation(nobody)).rejects.toThrow(ReservationNotFound);
    await expect(inventory.port.release(nobody)).rejects.toThrow(ReservationNotFound);
    await expect(inventory.port.commit(nobody)).rejects.toThrow(ReservationNotFound);
  });

  test('levels come in the order asked, and are nothing for what was never received', async () => {
    await receive('G1', 1);
    await receive('G2', 2);

    expect(await inventory.port.getStock({ productIds: ['G2', 'G-never', 'G1'] })).toEqual([
      { productId: 'G2', available: 2, reserved: 0 },
      { productId: 'G-never', available: 0, reserved: 0 },
      { productId: 'G1', available: 1, reserved: 0 },
    ]);
  });

  test('the list can be narrowed to an id or to what runs low', async () => {
    await receive('List_1', 3);
    await receive('ListA1', 30);
    const list = async (narrowed: { q: string; availableAtMost?: number }) =>
      (await inventory.port.listStock(narrowed)).items.map((stock) => stock.productId);

    expect(await list({ q: 'list' })).toEqual(['ListA1', 'List_1']);
    expect(await list({ q: 'list', availableAtMost: 3 })).toEqual(['List_1']);
    expect(await list({ q: 'T_1' })).toEqual(['List_1']);
  });

  test('pages neither repeat nor skip a product when others are received between them', async () => {
    for (const productId of ['PG5', 'PG1', 'PG3']) await receive(productId, 1);

    const first = await inventory.port.listStock({ q: 'pg', limit: 2 });
    await receive('PG0', 1);
    await receive('PG4', 1);
    const second = await inventory.port.listStock({ q: 'pg', limit: 2, cursor: first.nextCursor! });

    const ids = [first, second].map((page) => page.items.map((stock) => stock.productId));
    expect(ids).toEqual([
      ['PG1', 'PG3'],
      ['PG4', 'PG5'],
    ]);
    expect(second).not.toHaveProperty('nextCursor');
  });
}
