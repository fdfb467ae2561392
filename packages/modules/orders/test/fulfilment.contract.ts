import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import { OrderBeingFulfilled, type Orders } from '../src/index.js';
import { anOrder } from '../src/testing.js';
import type { Shop } from './shop.js';

/** What every provider must do with orders that are fulfilled automatically. The tests act for those who fulfil them. */
export function specifyFulfilment(orders: ContractSubject<typeof Orders>, shop: () => Shop): void {
  const place = () =>
    orders.port.place(anOrder({ fulfilment: 'automatic', lines: [{ productId: '71053', quantity: 3 }] }));
  const part = [{ productId: '71053', quantity: 1 }];

  test('an order can ask to be fulfilled automatically, and is placed like any other', async () => {
    const order = await place();

    expect(order).toMatchObject({ status: 'placed', fulfilment: 'automatic' });
    expect(await orders.port.getOrder({ orderId: order.orderId })).toEqual(order);
  });

  test('what is fulfilled automatically is not fulfilled by hand', async () => {
    const { orderId, paymentId } = await place();

    await expect(orders.port.fulfil({ orderId })).rejects.toThrow(new OrderBeingFulfilled({ orderId }));

    expect(await orders.port.getOrder({ orderId })).toMatchObject({ status: 'placed' });
    expect(await shop().payments.getPayment({ paymentId: paymentId! })).toMatchObject({ status: 'authorised' });
  });

  test('before that begins, a part of it is cancelled with its money and its stock', async () => {
    const { orderId, paymentId, reservationId } = await place();

    expect(await orders.port.cancel({ orderId, lines: part })).toMatchObject({ status: 'placed' });

    expect(await shop().payments.getPayment({ paymentId: paymentId! })).toMatchObject({
      status: 'authorised',
      voided: { amountMinor: 339n },
    });
    expect(await shop().inventory.getReservation({ reservationId: reservationId! })).toMatchObject({
      status: 'held',
      lines: [{ quantity: 3, held: 2 }],
    });
  });

  test('once it has begun, no part of it is cancelled', async () => {
    const { orderId, paymentId } = await place();
    await shop().payments.capture({ paymentId: paymentId! });

    const cancelling = orders.port.cancel({ orderId, lines: part });

    await expect(cancelling).rejects.toThrow(new OrderBeingFulfilled({ orderId }));
    expect(await orders.port.getOrder({ orderId })).toMatchObject({ status: 'placed', cancellations: [] });
  });

  test.each(['before it is paid', 'once it is paid', 'once its goods are taken from the shelves'])(
    '%s, all of it is cancelled, and whoever moved money or goods takes that back',
    async (when) => {
      const { orderId, paymentId, reservationId } = await place();
      if (when !== 'before it is paid') await shop().payments.capture({ paymentId: paymentId! });
      if (when === 'once its goods are taken from the shelves')
        await shop().inventory.commit({ reservationId: reservationId! });
      const payment = await shop().payments.getPayment({ paymentId: paymentId! });

      const cancelled = await orders.port.cancel({ orderId, reason: 'Changed my mind' });

      expect(cancelled).toMatchObject({ status: 'cancelled', cancellations: [{ reason: 'Changed my mind' }] });
      expect(await shop().payments.getPayment({ paymentId: paymentId! })).toEqual(payment);
    },
  );

  test('lines that are all of it are all of it', async () => {
    const { orderId, paymentId } = await place();
    await shop().payments.capture({ paymentId: paymentId! });

    const lines = [{ productId: '71053', quantity: 3 }];

    expect(await orders.port.cancel({ orderId, lines })).toMatchObject({ status: 'cancelled' });
  });
}
