import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shareOut } from './share-out.js';

test('what cannot be divided goes to the first', () => {
  expect(shareOut(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
});

test('shares add up to the total, and none is more than one unit above its due', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weights, (total, given) => {
      const shares = shareOut(total, given);
      const sum = BigInt(given.reduce((all, weight) => all + weight, 0));
      expect(shares.reduce((all, share) => all + share, 0n)).toBe(total);
      for (const [index, share] of shares.entries()) {
        const due = (total * BigInt(given[index]!)) / sum;
        expect(share === due || share === due + 1n).toBe(true);
      }
    }),
  );
});
