import { expect, test } from '@jest/globals';
import { OrderStatus } from './index.js';
import { type OrderAction, statusAfter } from './order-status.js';

const ACTIONS: OrderAction[] = ['confirm', 'fulfil', 'cancel'];
const ALLOWED: [OrderStatus, OrderAction, OrderStatus][] = [
  ['pending', 'confirm', 'placed'],
  ['placed', 'fulfil', 'fulfilled'],
  ['placed', 'cancel', 'cancelled'],
  ['fulfilled', 'cancel', 'cancelled'],
];
const REFUSED = OrderStatus.options.flatMap((status) =>
  ACTIONS.filter((action) => !ALLOWED.some(([from, by]) => from === status && by === action)).map(
    (action) => [status, action] as const,
  ),
);

test.each(ALLOWED)('%s: %s leads to %s', (status, action, next) => {
  expect(statusAfter(status, action)).toBe(next);
});

test.each(REFUSED)('%s: %s is refused', (status, action) => {
  expect(statusAfter(status, action)).toBeUndefined();
});
