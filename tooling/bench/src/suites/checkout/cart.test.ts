import { describe, expect, it } from '@jest/globals';
import { PRODUCTS, priced, randomCart, totalOf } from './cart.js';

describe('a random cart', () => {
  it('has two different products of the catalog in ascending order, and one to three pieces of each', () => {
    for (let n = 0; n < 2_000; n += 1) {
      const [first, second, ...more] = randomCart();
      expect(more).toEqual([]);
      expect(first!.productId).toBeGreaterThanOrEqual(1);
      expect(first!.productId).toBeLessThan(second!.productId);
      expect(second!.productId).toBeLessThanOrEqual(PRODUCTS);
      expect([1, 2, 3]).toContain(first!.quantity);
      expect([1, 2, 3]).toContain(second!.quantity);
    }
  });

  it('can hold the first and the last product', () => {
    expect(randomCart(() => 0).map(({ productId }) => productId)).toEqual([1, 2]);
    expect(randomCart(() => 0.99999).map(({ productId }) => productId)).toEqual([PRODUCTS - 1, PRODUCTS]);
  });
});

describe('the price of a cart', () => {
  const lines = [
    { productId: 7, quantity: 2 },
    { productId: 9, quantity: 1 },
  ];

  it('is the sum of its lines, in whatever order the prices come', () => {
    const prices = [
      { productId: 9, priceCents: 50 },
      { productId: 7, priceCents: 100 },
    ];
    expect(totalOf(priced(lines, prices))).toBe(250);
  });

  it('is refused when a product has none', () => {
    expect(() => priced(lines, [{ productId: 7, priceCents: 100 }])).toThrow(RangeError);
  });
});
