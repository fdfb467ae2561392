import { expect, test } from '@jest/globals';
import { ofCancelled, ofFulfilled, ofPlaced } from './contribution.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const at = new Date('2026-11-30T08:00:00Z');
const order = {
  orderId: '0190c7a0-0000-7000-8000-000000000001',
  customerId: '17850',
  country: 'France',
  placedAt: new Date('2026-11-29T23:59:59.999Z'),
};
const bowls = { productId: 'BOWL', quantity: 1, name: 'Bowl', unitPrice: pounds(425n), total: pounds(425n) };
const lanterns = { productId: '71053', quantity: 2, name: 'Lantern', unitPrice: pounds(339n), total: pounds(678n) };

test('a placed order adds its lines to the day on which it was placed, by product', () => {
  expect(ofPlaced({ ...order, lines: [bowls, lanterns], total: pounds(1103n) }, at)).toEqual({
    at,
    day: '2026-11-29',
    country: 'France',
    step: 'placed',
    kind: 'ordered',
    currency: 'GBP',
    lines: [
      { productId: '71053', name: 'Lantern', pieces: 2, amountMinor: 678n },
      { productId: 'BOWL', name: 'Bowl', pieces: 1, amountMinor: 425n },
    ],
  });
});

test('two lines of one product are one', () => {
  const { lines } = ofPlaced({ ...order, lines: [bowls, bowls], total: pounds(850n) }, at);
  expect(lines).toEqual([{ productId: 'BOWL', name: 'Bowl', pieces: 2, amountMinor: 850n }]);
});

const cancellation = {
  number: 1,
  lines: [{ productId: '71053', quantity: 1 }],
  amount: pounds(339n),
  cancelledAt: at,
};
const oneLantern = { ...lanterns, quantity: 1, total: pounds(339n) };

test.each([
  ['placed', undefined, undefined],
  ['cancelled', undefined, 'cancelled'],
  ['fulfilled', new Date('2026-11-30T07:00:00Z'), undefined],
  ['cancelled', new Date('2026-11-30T07:00:00Z'), 'returned'],
] as const)(
  'a cancellation that leaves an order %s, whose goods left at %s, is the step %s',
  (status, fulfilledAt, step) => {
    const event = { ...order, status, cancellation, lines: [oneLantern], ...(fulfilledAt && { fulfilledAt }) };
    expect(ofCancelled(event, at)).toMatchObject({
      day: '2026-11-29',
      step,
      kind: 'cancelled',
      lines: [{ productId: '71053', pieces: 1, amountMinor: 339n }],
    });
  },
);

test('a fulfilled order sells nothing more', () => {
  expect(ofFulfilled({ ...order, total: pounds(678n) }, at)).toMatchObject({ step: 'fulfilled', lines: [] });
});

test('an event from before prices, country and moment were told is shared out by pieces, for its own day', () => {
  const { orderId, customerId } = order;
  const lines = [
    { productId: 'BOWL', quantity: 1 },
    { productId: '71053', quantity: 2 },
  ];
  expect(ofPlaced({ orderId, customerId, lines, total: pounds(1000n) }, at)).toMatchObject({
    day: '2026-11-30',
    country: '',
    lines: [
      { productId: '71053', name: undefined, pieces: 2, amountMinor: 666n },
      { productId: 'BOWL', name: undefined, pieces: 1, amountMinor: 334n },
    ],
  });
  expect(ofCancelled({ orderId, customerId, status: 'placed', cancellation }, at)).toMatchObject({
    lines: [{ productId: '71053', pieces: 1, amountMinor: 339n }],
  });
});
