import { expect, test } from '@jest/globals';
import { isBehind, stepsOf, summaryOf } from '../ui/fulfilment-step.js';
import type { Order } from '../ui/order.js';
import type { OrderStory } from '../ui/story.js';

const order = (status: Order['status']) => ({ status }) as Order;
const story = (...types: string[]): OrderStory => ({
  isCut: false,
  entries: types.map((type, n) => ({
    messageId: String(n),
    kind: 'event',
    type: `${type}.v1`,
    saidBy: type.split('.')[0]!,
    saidAt: `2026-11-26T05:00:0${n}.000Z`,
    handled: [],
  })),
});
const states = (status: Order['status'], ...types: string[]) =>
  stepsOf(order(status), story(...types)).map(({ label, state }) => `${label}: ${state}`);

test('what is next stands out of what comes later', () => {
  expect(states('placed', 'orders.order-placed', 'payments.payment-captured')).toEqual([
    'Paid: done',
    'Taken from the shelves: current',
    'Handed to shipping: upcoming',
    'Fulfilled: upcoming',
  ]);
});

test('what failed says so, and what did not come to pass is off', () => {
  expect(states('cancelled', 'payments.payment-captured', 'inventory.stock-not-committed')).toEqual([
    'Paid: done',
    'The goods were not there any more: failed',
    'Handed to shipping: off',
    'Fulfilled: off',
  ]);
});

test('what is undone after it was done comes after it', () => {
  const sent = ['payments.payment-captured', 'inventory.stock-committed', 'shipping.shipment-requested'];
  const undone = ['orders.order-fulfilled', 'shipping.shipment-refused', 'inventory.stock-received'];
  expect(states('cancelled', ...sent, ...undone)).toEqual([
    'Paid: done',
    'Taken from the shelves: done',
    'Handed to shipping: done',
    'Fulfilled: done',
    'Shipping cannot send it: failed',
    'The goods are on the shelves again: done',
  ]);
});

test('what was taken back is told', () => {
  expect(states('cancelled', 'payments.payment-captured', 'payments.payment-refunded')).toContain(
    'The money was given back: done',
  );
});

test.each([
  ['placed', 'Under way. Next: paid.'],
  ['fulfilled', 'The order is fulfilled.'],
  ['cancelled', 'The order was cancelled, and what had been done was taken back.'],
] as const)('an order that is %s is summed up', (status, sentence) => {
  expect(summaryOf(stepsOf(order(status), story()), order(status))).toBe(sentence);
});

test('an order that was read before the end that its story tells is behind', () => {
  expect(isBehind(order('placed'), story('orders.order-placed'))).toBe(true);
  expect(isBehind(order('fulfilled'), story('shipping.shipment-refused'))).toBe(true);
  expect(isBehind(order('fulfilled'), story('orders.order-fulfilled'))).toBe(false);
  expect(isBehind(order('cancelled'), story('shipping.shipment-refused'))).toBe(false);
});
