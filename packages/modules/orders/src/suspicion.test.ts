import { expect, test } from '@jest/globals';
import type { Order } from './index.js';
import { orderToScore } from './suspicion.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const line = (quantity: number) => ({
  productId: '71053',
  name: 'Lantern',
  quantity,
  cancelled: 0,
  unitPrice: pounds(339n),
  total: pounds(339n * BigInt(quantity)),
});
const order: Order = {
  orderId: '0198c5a4-5d5e-7000-8000-000000000001',
  customerId: '17850',
  accountId: 'demo',
  email: 'ada@example.com',
  country: 'United Kingdom',
  fulfilment: 'manual',
  status: 'pending',
  total: pounds(1017n),
  placedAt: new Date(),
  lines: [line(2), line(1)],
  cancellations: [],
};

test('fraud is told what an order comes to and who pays, and no address', () => {
  expect(orderToScore(order)).toEqual({
    orderId: order.orderId,
    customerId: '17850',
    country: 'United Kingdom',
    payer: 'account',
    total: pounds(1017n),
    pieces: 3,
  });
});

test('a card is told as a card, and not which', () => {
  const { accountId: _, country: __, ...rest } = order;

  expect(orderToScore({ ...rest, card: { token: 'tok_visa_4242' } })).toEqual({
    orderId: order.orderId,
    customerId: '17850',
    payer: 'card',
    total: pounds(1017n),
    pieces: 3,
  });
});
