import { expect, test } from '@jest/globals';
import { moneyText } from './money-text.js';

test.each([
  [678n, 'GBP', '6.78 GBP'],
  [5n, 'EUR', '0.05 EUR'],
  [0n, 'GBP', '0.00 GBP'],
  [-150n, 'GBP', '-1.50 GBP'],
  [1999n, 'JPY', '1999 JPY'],
  [1999n, 'KWD', '1.999 KWD'],
  [1_000_000_000_000n, 'GBP', '10000000000.00 GBP'],
  [100n, 'XQZ', '1.00 XQZ'],
])('%s minor units of %s are %s', (amountMinor, currency, text) => {
  expect(moneyText({ amountMinor, currency })).toBe(text);
});
