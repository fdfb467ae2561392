import { expect, test } from '@jest/globals';
import { OutOfStock } from '@macrolith/inventory';
import { CardDeclined } from '@macrolith/payments';
import type { ContractSubject } from '@macrolith/testing';
import { OnePayerNeeded, type Orders } from '../src/index.js';
import { aCardOrder, anOrder } from '../src/testing.js';
import type { Shop } from './shop.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

/** What every provider of orders must do with orders that a card pays. Each test works on a customer of its own. */
export function specifyCardOrders(orders: ContractSubject<typeof Orders>, shop: () => Shop): void {
  const stockOf = async (productId: string) => (await shop().inventory.getStock({ productIds: [productId] }))[0]!;
  const paymentsOf = async (orderId: string) => (await shop().payments.listPayments({ orderId })).items;

  test('an order is placed by a card: stock is kept and the amount is held on it', async () => {
    const stock = await stockOf('71053');

    const order = await orders.port.place(aCardOrder({ customerId: 'CARD1' }));

    expect(order).toMatchObject({ status: 'placed', card: { token: 'tok_visa_4242' }, total: pounds(678n) });
    expect(order).not.toHaveProperty('accountId');
    expect(await orders.port.getOrder({ orderId: order.orderId })).toEqual(order);
    expect(await stockOf('71053')).toMatchObject({ available: stock.available - 2, reserved: stock.reserved + 2 });
    expect(await paymentsOf(order.orderId)).toMatchObject([
      { paymentId: order.paymentId, status: 'authorised', authorised: pounds(678n), method: { type: 'card' } },
    ]);
    expect((await orders.port.listOrders({ customerId: 'CARD1' })).items).toMatchObject([
      { orderId: order.orderId, card: { token: 'tok_visa_4242' } },
    ]);
  });

  test('a card that declines is no order, and keeps no stock', async () => {
    const stock = await stockOf('71053');

    const placing = orders.port.place(aCardOrder({ customerId: 'CARD2', card: { token: 'tok_visa_no_funds_9995' } }));

    await expect(placing).rejects.toMatchObject({ code: CardDeclined.code, reason: 'insufficient-funds' });
    expect(await orders.port.listOrders({ customerId: 'CARD2' })).toEqual({ items: [] });
    expect(await stockOf('71053')).toEqual(stock);
  });

  test('a shortage is no order, and asks no card', async () => {
    const before = (await shop().payments.listPayments({ method: 'card' })).items.length;

    const placing = orders.port.place(
      aCardOrder({ customerId: 'CARD3', lines: [{ productId: '22960', quantity: 2000 }] }),
    );

    await expect(placing).rejects.toMatchObject({ code: OutOfStock.code, productId: '22960' });
    expect(await orders.port.listOrders({ customerId: 'CARD3' })).toEqual({ items: [] });
    expect((await shop().payments.listPayments({ method: 'card' })).items).toHaveLength(before);
  });

  test('an order that a card pays is cancelled, fulfilled and refunded like any other', async () => {
    const place = () => orders.port.place(aCardOrder({ customerId: 'CARD4' }));
    const [one, other] = [await place(), await place()];

    expect(await orders.port.cancel({ orderId: one.orderId })).toMatchObject({ status: 'cancelled' });
    expect(await paymentsOf(one.orderId)).toMatchObject([{ status: 'voided' }]);
    await orders.port.cancel({ orderId: other.orderId, lines: [{ productId: '71053', quantity: 1 }] });
    expect(await orders.port.fulfil({ orderId: other.orderId })).toMatchObject({ status: 'fulfilled' });
    expect(await paymentsOf(other.orderId)).toMatchObject([{ status: 'captured', captured: pounds(339n) }]);
    expect(await orders.port.cancel({ orderId: other.orderId })).toMatchObject({ status: 'cancelled' });
    expect(await paymentsOf(other.orderId)).toMatchObject([{ status: 'refunded' }]);
  });

  test('an order for nothing asks no card', async () => {
    const free = aCardOrder({ card: { token: 'tok_of_nobody' }, lines: [{ productId: 'SAMPLE', quantity: 1 }] });

    expect(await orders.port.place(free)).toMatchObject({ status: 'placed', total: pounds(0n) });
  });

  test.each([
    ['neither', 0, { accountId: undefined }],
    ['both', 2, { card: { token: 'tok_visa_4242' } }],
  ])('an order is paid from an account or by a card: %s is refused', async (_, payers, changes) => {
    const { accountId, ...order } = { ...anOrder(), ...changes };
    const given = { ...order, ...(accountId === undefined ? {} : { accountId }) };

    await expect(orders.port.place(given)).rejects.toMatchObject({ code: OnePayerNeeded.code, payers });
  });
}
