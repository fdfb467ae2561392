import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CancellableLine, linesLeft, mergeLines, strike } from './order-lines.js';

const lines: CancellableLine[] = [
  { productId: 'A', quantity: 6, cancelled: 0, unitPriceMinor: 255n },
  { productId: 'B', quantity: 2, cancelled: 1, unitPriceMinor: 100n },
  { productId: 'C', quantity: 3, cancelled: 3, unitPriceMinor: 1n },
];

test('several lines of a product count as their sum', () => {
  const basket = [
    { productId: 'A', quantity: 1 },
    { productId: 'B', quantity: 2 },
    { productId: 'A', quantity: 3 },
  ];

  expect(mergeLines(basket)).toEqual([
    { productId: 'A', quantity: 4 },
    { productId: 'B', quantity: 2 },
  ]);
});

test('cancelling all takes what is left, at the price it was ordered for', () => {
  expect(strike(lines)).toEqual({
    lines: [
      { productId: 'A', quantity: 6 },
      { productId: 'B', quantity: 1 },
    ],
    amountMinor: 6n * 255n + 100n,
    whole: true,
  });
});

test('cancelling a part leaves the rest', () => {
  expect(strike(lines, [{ productId: 'A', quantity: 2 }])).toEqual({
    lines: [{ productId: 'A', quantity: 2 }],
    amountMinor: 510n,
    whole: false,
  });
});

test('a part that is all that is left is the whole', () => {
  expect(strike(lines, linesLeft(lines))).toMatchObject({ whole: true });
});

test.each([
  ['more than is left', { productId: 'B', quantity: 2 }, 1],
  ['what was cancelled before', { productId: 'C', quantity: 1 }, 0],
  ['what was never ordered', { productId: 'X', quantity: 1 }, 0],
])('%s cannot be cancelled', (_what, refused, left) => {
  expect(strike(lines, [{ productId: 'A', quantity: 1 }, refused])).toEqual({ refused, left });
});

test('two lines of one product cannot take together what neither takes alone', () => {
  const twice = [
    { productId: 'A', quantity: 4 },
    { productId: 'A', quantity: 4 },
  ];

  expect(strike(lines, twice)).toEqual({ refused: { productId: 'A', quantity: 8 }, left: 6 });
});

test('in whatever parts an order is cancelled, the parts add up to what it cost', () => {
  const line = fc.record({ quantity: fc.integer({ min: 1, max: 50 }), unitPriceMinor: fc.bigInt(0n, 10_000n) });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(60)), (ordered, parts) => {
      let current = ordered.map((each, n) => ({ ...each, productId: `P${n}`, cancelled: 0 }));
      const cost = current.reduce((sum, each) => sum + each.unitPriceMinor * BigInt(each.quantity), 0n);
      let givenBack = 0n;
      for (const wanted of [...parts.map((pieces, n) => [{ productId: `P${n}`, quantity: pieces + 1 }]), undefined]) {
        const outcome = strike(current, wanted);
        if ('refused' in outcome) continue;
        givenBack += outcome.amountMinor;
        current = current.map((each) => ({
          ...each,
          cancelled:
            each.cancelled + (outcome.lines.find((struck) => struck.productId === each.productId)?.quantity ?? 0),
        }));
      }
      expect(givenBack).toBe(cost);
    }),
  );
});
