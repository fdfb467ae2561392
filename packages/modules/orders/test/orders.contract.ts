import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ProductDiscontinued, ProductNotFound } from '@macrolith/catalog';
import { OutOfStock } from '@macrolith/inventory';
import { AccountNotFound, PaymentDeclined } from '@macrolith/payments';
import type { ContractSubject } from '@macrolith/testing';
import {
  LineNotCancellable,
  MixedCurrencies,
  OrderNotCancellable,
  OrderNotFound,
  OrderNotFulfillable,
  OrderReferenceTaken,
  OrderSuspected,
  type Orders,
  OrderTooLarge,
} from '../src/index.js';
import { aCardOrder, anOrder } from '../src/testing.js';
import type { Shop } from './shop.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const lanterns = (quantity: number) => ({ productId: '71053', quantity });
const bowls = (quantity: number) => ({ productId: '22960', quantity });

/** What every provider of orders must do. Tests share one shop, so each works on customers and references of its own. */
export function specifyOrders(orders: ContractSubject<typeof Orders>, shop: () => Shop): void {
  const stockOf = async (productId: string) => (await shop().inventory.getStock({ productIds: [productId] }))[0]!;
  const account = () => shop().payments.getAccount({ accountId: 'demo' });
  const paymentOf = (order: { paymentId?: string | undefined }) =>
    shop().payments.getPayment({ paymentId: order.paymentId! });

  test('an order is placed at the prices of the moment: stock is kept and the amount is held', async () => {
    const [stock, { held }] = [await stockOf('71053'), await account()];

    const order = await orders.port.place(
      anOrder({
        lines: [lanterns(2), bowls(1), lanterns(1)],
        email: 'ada@example.com',
        country: 'United Kingdom',
        reference: '536365',
      }),
    );

    expect(order).toEqual({
      orderId: expect.any(String),
      reference: '536365',
      customerId: '17850',
      accountId: 'demo',
      email: 'ada@example.com',
      country: 'United Kingdom',
      fulfilment: 'manual',
      status: 'placed',
      total: pounds(1442n),
      placedAt: expect.any(Date),
      lines: [
        {
          productId: '71053',
          name: 'Product 71053',
          quantity: 3,
          cancelled: 0,
          unitPrice: pounds(339n),
          total: pounds(1017n),
        },
        {
          productId: '22960',
          name: 'Product 22960',
          quantity: 1,
          cancelled: 0,
          unitPrice: pounds(425n),
          total: pounds(425n),
        },
      ],
      cancellations: [],
      paymentId: expect.any(String),
      reservationId: expect.any(String),
    });
    expect(await orders.port.getOrder({ orderId: order.orderId })).toEqual(order);
    expect(await stockOf('71053')).toMatchObject({ available: stock.available - 3, reserved: stock.reserved + 3 });
    expect(await account()).toMatchObject({ held: pounds(held.amountMinor + 1442n) });
    expect(await paymentOf(order)).toMatchObject({ orderId: order.orderId, status: 'authorised' });
  });

  test('a new price does not change an order that was placed', async () => {
    await shop().catalog.addProduct({ productId: 'LATER', name: 'Vase', price: pounds(100n) });
    await shop().inventory.receive({ productId: 'LATER', quantity: 1, reference: 'vase' });
    const { orderId } = await orders.port.place(anOrder({ lines: [{ productId: 'LATER', quantity: 1 }] }));

    await shop().catalog.reprice({ productId: 'LATER', price: pounds(999n) });

    expect(await orders.port.getOrder({ orderId })).toMatchObject({ total: pounds(100n), lines: [{ name: 'Vase' }] });
  });

  test('a shortage is no order', async () => {
    const placing = orders.port.place(anOrder({ customerId: 'SHORT', lines: [lanterns(1), bowls(5000)] }));

    await expect(placing).rejects.toMatchObject({ code: OutOfStock.code, productId: '22960', requested: 5000 });
    expect(await orders.port.listOrders({ customerId: 'SHORT' })).toEqual({ items: [] });
  });

  test('a decline is no order', async () => {
    const stock = await stockOf('71053');

    const placing = orders.port.place(anOrder({ customerId: 'POOR', accountId: 'poor' }));

    await expect(placing).rejects.toMatchObject({
      code: PaymentDeclined.code,
      accountId: 'poor',
      reason: 'insufficient-funds',
    });
    expect(await orders.port.listOrders({ customerId: 'POOR' })).toEqual({ items: [] });
    expect(await stockOf('71053')).toEqual(stock);
  });

  test.each([
    ['a product that does not exist', { lines: [{ productId: 'NONE', quantity: 1 }] }, ProductNotFound],
    ['an account that does not exist', { accountId: 'nobody' }, AccountNotFound],
    ['two currencies', { lines: [lanterns(1), { productId: 'EURO', quantity: 1 }] }, MixedCurrencies],
    ['more of one product than one may order', { lines: [lanterns(1_000_000), lanterns(1)] }, OrderTooLarge],
  ])('%s is no order', async (_what, changes, refusal) => {
    await expect(orders.port.place(anOrder({ customerId: 'REFUSED', ...changes }))).rejects.toThrow(refusal);
    expect(await orders.port.listOrders({ customerId: 'REFUSED' })).toEqual({ items: [] });
  });

  test('what is not sold any more cannot be ordered', async () => {
    await shop().catalog.addProduct({ productId: 'GONE', name: 'Gone', price: pounds(1n) });
    await shop().catalog.discontinue({ productId: 'GONE' });

    const placing = orders.port.place(anOrder({ lines: [{ productId: 'GONE', quantity: 1 }] }));

    await expect(placing).rejects.toThrow(ProductDiscontinued);
  });

  test.each([
    ['an account', anOrder],
    ['a card', aCardOrder],
  ])('what looks too much like fraud is no order, and asks nobody for money: paid by %s', async (_payer, order) => {
    const [stock, { held }] = [await stockOf('71053'), await account()];
    const asked = (await shop().payments.listPayments({ method: 'card' })).items.length;

    const placing = orders.port.place(order({ customerId: 'SUSPECT' }));

    await expect(placing).rejects.toMatchObject({ code: OrderSuspected.code, customerId: 'SUSPECT' });
    expect(await orders.port.listOrders({ customerId: 'SUSPECT' })).toEqual({ items: [] });
    expect(await stockOf('71053')).toEqual(stock);
    expect(await account()).toMatchObject({ held });
    expect((await shop().payments.listPayments({ method: 'card' })).items).toHaveLength(asked);
  });

  test('what looks a little less like fraud is placed', async () => {
    expect(await orders.port.place(anOrder({ customerId: 'SHADY' }))).toMatchObject({ status: 'placed' });
    expect(await orders.port.place(aCardOrder({ customerId: 'SHADY' }))).toMatchObject({ status: 'placed' });
  });

  test("a customer's number stands for one order", async () => {
    const { orderId } = await orders.port.place(anOrder({ reference: '536370' }));

    const again = orders.port.place(anOrder({ reference: '536370' }));

    await expect(again).rejects.toMatchObject({ code: OrderReferenceTaken.code, reference: '536370', orderId });
    expect((await orders.port.listOrders({ reference: '536370' })).items).toHaveLength(1);
  });

  test('an order that is cancelled gives stock and money back', async () => {
    const [stock, { available }] = [await stockOf('71053'), await account()];
    const { orderId } = await orders.port.place(anOrder({ lines: [lanterns(3), bowls(1)] }));

    const cancelled = await orders.port.cancel({ orderId, reason: 'Changed my mind' });

    expect(cancelled).toMatchObject({
      status: 'cancelled',
      total: pounds(0n),
      lines: [
        { quantity: 3, cancelled: 3, total: pounds(0n) },
        { quantity: 1, cancelled: 1 },
      ],
      cancellations: [{ number: 1, lines: [lanterns(3), bowls(1)], amount: pounds(1442n), reason: 'Changed my mind' }],
    });
    expect(await orders.port.getOrder({ orderId })).toEqual(cancelled);
    expect(await stockOf('71053')).toEqual(stock);
    expect(await account()).toMatchObject({ available });
    expect(await paymentOf(cancelled)).toMatchObject({ status: 'voided' });
    await expect(orders.port.cancel({ orderId })).rejects.toMatchObject({
      code: OrderNotCancellable.code,
      state: 'cancelled',
    });
  });

  test('an order that is cancelled in part goes on with the rest, and is fulfilled for it', async () => {
    const order = await orders.port.place(anOrder({ lines: [lanterns(3), bowls(1)] }));
    const { orderId } = order;

    const less = await orders.port.cancel({ orderId, lines: [lanterns(2)] });

    expect(less).toMatchObject({ status: 'placed', total: pounds(764n), lines: [{ cancelled: 2 }, { cancelled: 0 }] });
    expect(await orders.port.fulfil({ orderId })).toMatchObject({
      status: 'fulfilled',
      total: pounds(764n),
      fulfilledAt: expect.any(Date),
    });
    expect(await paymentOf(order)).toMatchObject({ status: 'captured', captured: pounds(764n) });
  });

  test('an order can be cancelled part by part, until nothing is left', async () => {
    const order = await orders.port.place(anOrder({ lines: [lanterns(2), { productId: 'SAMPLE', quantity: 1 }] }));
    const { orderId } = order;

    await orders.port.cancel({ orderId, lines: [lanterns(1)] });
    const free = await orders.port.cancel({ orderId, lines: [lanterns(1)] });
    expect(free).toMatchObject({ status: 'placed', total: pounds(0n) });
    expect(await paymentOf(order)).toMatchObject({ status: 'authorised', voided: pounds(678n) });

    const last = await orders.port.cancel({ orderId, lines: [{ productId: 'SAMPLE', quantity: 1 }] });
    expect(last).toMatchObject({ status: 'cancelled', cancellations: [{ number: 1 }, { number: 2 }, { number: 3 }] });
    expect(await paymentOf(order)).toMatchObject({ status: 'voided' });
  });

  test('more than an order has left cannot be cancelled', async () => {
    const { orderId } = await orders.port.place(anOrder({ lines: [lanterns(3)] }));
    await orders.port.cancel({ orderId, lines: [lanterns(1)] });

    const tooMany = orders.port.cancel({ orderId, lines: [lanterns(3)] });

    await expect(tooMany).rejects.toMatchObject({
      code: LineNotCancellable.code,
      productId: '71053',
      requested: 3,
      left: 2,
    });
    expect(await orders.port.getOrder({ orderId })).toMatchObject({ status: 'placed', total: pounds(678n) });
  });

  test('an order that is fulfilled has left the house and is paid', async () => {
    const [stock, { balance }] = [await stockOf('71053'), await account()];
    const { orderId } = await orders.port.place(anOrder());

    await orders.port.fulfil({ orderId });

    expect(await stockOf('71053')).toMatchObject({ available: stock.available - 2, reserved: stock.reserved });
    expect(await account()).toMatchObject({ balance: pounds(balance.amountMinor - 678n) });
    await expect(orders.port.fulfil({ orderId })).rejects.toMatchObject({
      code: OrderNotFulfillable.code,
      state: 'fulfilled',
    });
  });

  test('an order that is fulfilled is refunded, in parts or as a whole, and the stock stays as it is', async () => {
    const order = await orders.port.place(anOrder({ lines: [lanterns(3)] }));
    const { orderId } = order;
    await orders.port.fulfil({ orderId });
    const [stock, { balance }] = [await stockOf('71053'), await account()];

    expect(await orders.port.cancel({ orderId, lines: [lanterns(1)] })).toMatchObject({ status: 'fulfilled' });
    expect(await orders.port.cancel({ orderId })).toMatchObject({ status: 'cancelled', total: pounds(0n) });

    expect(await account()).toMatchObject({ balance: pounds(balance.amountMinor + 1017n) });
    expect(await stockOf('71053')).toEqual(stock);
    expect(await paymentOf(order)).toMatchObject({ status: 'refunded' });
  });

  test('an order for nothing is placed, cancelled and fulfilled like any other', async () => {
    const free = anOrder({ lines: [{ productId: 'SAMPLE', quantity: 2 }] });
    const [one, other] = [await orders.port.place(free), await orders.port.place(free)];

    expect(await orders.port.cancel({ orderId: one.orderId })).toMatchObject({ status: 'cancelled' });
    expect(await orders.port.fulfil({ orderId: other.orderId })).toMatchObject({ status: 'fulfilled' });
  });

  test('an order that nobody placed is not found', async () => {
    const orderId = randomUUID();

    await expect(orders.port.getOrder({ orderId })).rejects.toThrow(OrderNotFound);
    await expect(orders.port.getStory({ orderId })).rejects.toThrow(OrderNotFound);
    await expect(orders.port.cancel({ orderId })).rejects.toThrow(OrderNotFound);
    await expect(orders.port.fulfil({ orderId })).rejects.toThrow(OrderNotFound);
  });

  test('orders are listed newest first, in pages, of one customer and in one status', async () => {
    const placed: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      placed.unshift((await orders.port.place(anOrder({ customerId: 'LIST', lines: [lanterns(1)] }))).orderId);
      await nextMillisecond();
    }
    await orders.port.cancel({ orderId: placed[0]! });

    const first = await orders.port.listOrders({ customerId: 'LIST', limit: 2 });
    const second = await orders.port.listOrders({ customerId: 'LIST', cursor: first.nextCursor! });

    expect([...first.items, ...second.items].map((item) => item.orderId)).toEqual(placed);
    expect(second).not.toHaveProperty('nextCursor');
    expect((await orders.port.listOrders({ customerId: 'LIST', status: 'cancelled' })).items).toEqual([
      {
        orderId: placed[0],
        customerId: 'LIST',
        accountId: 'demo',
        status: 'cancelled',
        total: pounds(0n),
        placedAt: expect.any(Date),
      },
    ]);
  });
}

/** Ids tell the time to the millisecond. */
function nextMillisecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
