import { describe, expect, test } from '@jest/globals';
import { formatMoney, parseMoney, toDecimal } from '../../kit/money/money.js';

describe('Money', () => {
  test.each([
    ['1250', 'GBP', '£12.50'],
    ['5', 'GBP', '£0.05'],
    ['-1250', 'GBP', '-£12.50'],
    ['1250', 'JPY', '¥1,250'],
    ['1250', 'KWD', 'KWD 1.250'],
    ['900719925474099312', 'GBP', '£9,007,199,254,740,993.12'],
  ])('%s minor units of %s are shown as %s, to the last digit', (amountMinor, currency, shown) => {
    expect(formatMoney({ amountMinor, currency }, 'en-US').replaceAll(/\s/g, ' ')).toBe(shown);
  });

  test.each([
    ['12.5', 'GBP', '1250'],
    ['1,250', 'GBP', '125000'],
    [' 12 ', 'GBP', '1200'],
    ['-0.05', 'GBP', '-5'],
    ['12', 'JPY', '12'],
  ])('%s typed in %s is %s minor units', (text, currency, amountMinor) => {
    expect(parseMoney(text, currency)).toEqual({ amountMinor, currency });
  });

  test.each([
    ['12.505', 'GBP'],
    ['12.5', 'JPY'],
    ['twelve', 'GBP'],
    ['1e3', 'GBP'],
    ['', 'GBP'],
    ['1234567890123456', 'GBP'],
  ])('%s typed in %s is refused', (text, currency) => {
    expect(parseMoney(text, currency)).toBeUndefined();
  });

  test('that was read is shown as it was typed', () => {
    expect(toDecimal(parseMoney('12.05', 'GBP')!)).toBe('12.05');
  });
});
