import { expect, test } from '@jest/globals';
import { MixedCurrencies, OrderTooLarge } from './index.js';
import { price } from './pricing.js';

const quote = (productId: string, amountMinor: bigint, currency = 'GBP') => ({
  productId,
  name: `Product ${productId}`,
  price: { amountMinor, currency },
});

test('a line costs its quantity times the quoted price, to the penny', () => {
  const wanted = [
    { productId: 'A', quantity: 3 },
    { productId: 'B', quantity: 1_000_000 },
  ];

  expect(price(wanted, [quote('A', 339n), quote('B', 1n)])).toEqual({
    currency: 'GBP',
    lines: [
      { productId: 'A', quantity: 3, name: 'Product A', unitPriceMinor: 339n },
      { productId: 'B', quantity: 1_000_000, name: 'Product B', unitPriceMinor: 1n },
    ],
    totalMinor: 1_001_017n,
  });
});

test('an order of free goods costs nothing', () => {
  expect(price([{ productId: 'A', quantity: 1 }], [quote('A', 0n)])).toMatchObject({ totalMinor: 0n });
});

test('products in two currencies are not one order', () => {
  const wanted = [
    { productId: 'A', quantity: 1 },
    { productId: 'B', quantity: 1 },
  ];

  expect(() => price(wanted, [quote('A', 1n), quote('B', 1n, 'EUR')])).toThrow(
    new MixedCurrencies({ currencies: ['GBP', 'EUR'] }),
  );
});

test('an order has a greatest total, which it may reach', () => {
  const million = [{ productId: 'A', quantity: 1_000_000 }];

  expect(price(million, [quote('A', 1_000_000n)])).toMatchObject({ totalMinor: 1_000_000_000_000n });
  expect(() => price(million, [quote('A', 1_000_001n)])).toThrow(OrderTooLarge);
});

test('lines of one product are not more together than one may be', () => {
  const twice = [
    { productId: 'A', quantity: 1_000_000 },
    { productId: 'A', quantity: 1 },
  ];

  expect(() => price(twice, [quote('A', 0n)])).toThrow(OrderTooLarge);
});
