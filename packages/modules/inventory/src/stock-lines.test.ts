import { expect, test } from '@jest/globals';
import { NotHeld, type Reservation } from './index.js';
import { heldLines, linesToRelease, mergeLines, without } from './stock-lines.js';

const reservation: Reservation = {
  reservationId: '6f1c1d6e-7a52-4d0b-9a55-0f3b7b1c2d3e',
  orderId: 'order 1',
  status: 'held',
  lines: [
    { productId: 'A', quantity: 3, held: 2 },
    { productId: 'B', quantity: 1, held: 0 },
  ],
};

test('lines of one product become one, where it was first mentioned', () => {
  const lines = [
    { productId: 'B', quantity: 1 },
    { productId: 'A', quantity: 2 },
    { productId: 'B', quantity: 3 },
  ];
  expect(mergeLines(lines)).toEqual([
    { productId: 'B', quantity: 4 },
    { productId: 'A', quantity: 2 },
  ]);
});

test('a release without lines ends all that is held, and leaves out what is not', () => {
  expect(linesToRelease(reservation, undefined)).toEqual([{ productId: 'A', quantity: 2 }]);
  expect(heldLines(reservation)).toEqual([{ productId: 'A', quantity: 2 }]);
});

test('lines that only together exceed what is held are refused', () => {
  const one = { productId: 'A', quantity: 1 };

  expect(linesToRelease(reservation, [one, one])).toEqual([{ productId: 'A', quantity: 2 }]);
  expect(() => linesToRelease(reservation, [one, one, one])).toThrow(NotHeld);
});

test('a reservation ends with its last piece', () => {
  const some = without(reservation, [{ productId: 'A', quantity: 1 }], 'released');
  expect(some).toMatchObject({ status: 'held', lines: [{ held: 1 }, { held: 0 }] });

  const all = without(some, [{ productId: 'A', quantity: 1 }], 'committed');
  expect(all).toMatchObject({ status: 'committed', lines: [{ held: 0 }, { held: 0 }] });
});
