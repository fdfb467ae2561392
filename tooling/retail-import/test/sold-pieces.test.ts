import { beforeEach, describe, expect, test } from '@jest/globals';
import { orderParts } from '../src/replay/order-parts.js';
import { SoldPieces } from '../src/replay/sold-pieces.js';
import { invoice } from './invoices.js';

let pieces: SoldPieces;

function sell(orderId: string, customer: string, ...lines: [string, number, string][]) {
  pieces.sold(orderId, customer, orderParts(invoice(orderId, customer, ...lines)).parts[0]!);
}

beforeEach(() => {
  pieces = new SoldPieces();
  sell('o1', 'ann', ['mug', 5, '2.00'], ['pan', 1, '9.00']);
  sell('o2', 'ann', ['mug', 3, '2.00']);
  sell('o3', 'ben', ['mug', 9, '2.00']);
});

describe('a cancellation', () => {
  test('takes from the customer’s latest order first, and goes on in the one before', () => {
    const { parts, refusals } = pieces.takeBack(invoice('C1', 'ann', ['mug', -4, '2.00'], ['pan', -1, '9.00']));
    expect(refusals).toEqual([]);
    expect(parts).toEqual([
      { orderId: 'o2', lines: [{ productId: 'mug', quantity: 3 }], amountMinor: 600n },
      {
        orderId: 'o1',
        lines: [
          { productId: 'mug', quantity: 1 },
          { productId: 'pan', quantity: 1 },
        ],
        amountMinor: 1100n,
      },
    ]);
  });

  test('cannot take a piece twice', () => {
    pieces.takeBack(invoice('C1', 'ann', ['mug', -8, '2.00']));
    const { parts, refusals } = pieces.takeBack(invoice('C2', 'ann', ['mug', -1, '2.00']));
    expect(parts).toEqual([]);
    expect(refusals.map(({ code }) => code)).toEqual(['no-order']);
  });

  test.each([
    ['of more than was sold', 'ann', ['mug', -9, '2.00'], 'no-order'],
    ['at another price', 'ann', ['mug', -1, '2.10'], 'no-order'],
    ['of another customer’s pieces', 'ben', ['pan', -1, '9.00'], 'no-order'],
    ['without a customer', '', ['mug', -1, '2.00'], 'no-customer'],
    ['of a charge', 'ann', ['D', -1, '27.50'], 'no-goods'],
    ['of a positive quantity', 'ann', ['mug', 1, '2.00'], 'bad-quantity'],
  ] as const)('%s is refused', (_, customer, line, code) => {
    const { parts, refusals } = pieces.takeBack(invoice('C1', customer, line));
    expect(parts).toEqual([]);
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  });
});
