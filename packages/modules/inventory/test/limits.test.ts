import { expect, test } from '@jest/globals';
import { decodeInput, InvalidInput } from '@macrolith/contract';
import { Inventory } from '../src/index.js';

const receipt = { productId: '71053', quantity: 1, reference: 'DN 1' };

test.each([
  ['no pieces', { quantity: 0 }],
  ['fewer than no pieces', { quantity: -1 }],
  ['half a piece', { quantity: 0.5 }],
  ['more than a million pieces', { quantity: 1_000_001 }],
  ['pieces as text', { quantity: '1' }],
  ['a blank reference', { reference: ' ' }],
  ['a reference that PostgreSQL cannot store', { reference: 'a\u0000' }],
  ['a product id with a slash', { productId: 'a/b' }],
])('a receipt with %s is refused', (_what, changes) => {
  expect(() => decodeInput(Inventory.op.receive, { ...receipt, ...changes })).toThrow(InvalidInput);
});

test('an order reserves one to a thousand lines', () => {
  const reserve = (count: number) => () =>
    decodeInput(Inventory.op.reserve, { orderId: 'O-1', lines: Array(count).fill({ productId: 'A', quantity: 1 }) });

  expect(reserve(0)).toThrow(InvalidInput);
  expect(reserve(1000)).not.toThrow();
  expect(reserve(1001)).toThrow(InvalidInput);
});

test('a reservation id that is no UUID is refused before it reaches PostgreSQL', () => {
  expect(() => decodeInput(Inventory.op.commit, { reservationId: "1' OR '1'='1" })).toThrow(InvalidInput);
});
