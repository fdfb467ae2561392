import { describe, expect, test } from '@jest/globals';
import { parsePence } from '../src/file/retail-line.js';
import { orderParts, totalMinor } from '../src/replay/order-parts.js';
import { invoice } from './invoices.js';

test.each([
  ['2.55', 255n],
  ['165', 16500n],
  ['0.1', 10n],
  ['1.10', 110n],
  ['1.100', 110n],
  ['-11062.06', -1106206n],
  ['0', 0n],
  ['1.005', undefined],
  ['1e3', undefined],
  ['', undefined],
])('the price %s is %s pence', (text, pence) => {
  expect(parsePence(text)).toBe(pence);
});

describe('an invoice', () => {
  test('is one order, with the lines of one article and price added up', () => {
    const { parts, refusals } = orderParts(
      invoice('536365', '17850', ['85123A', 6, '2.55'], ['71053', 2, '3.39'], ['85123A', 4, '2.55']),
    );
    expect(refusals).toEqual([]);
    expect(parts).toMatchObject([
      {
        reference: '536365',
        lines: [
          { productId: '85123A', quantity: 10 },
          { productId: '71053', quantity: 2 },
        ],
      },
    ]);
    expect(totalMinor(parts[0]!)).toBe(3228n);
  });

  test('that sells an article at two prices is placed in parts', () => {
    const { parts } = orderParts(
      invoice('536381', '15311', ['22719', 10, '1.06'], ['22719', 1, '2.10'], ['71270', 1, '1.25']),
    );
    expect(
      parts.map(({ reference, lines }) => [
        reference,
        lines.map(({ productId, priceMinor }) => [productId, priceMinor]),
      ]),
    ).toEqual([
      [
        '536381',
        [
          ['22719', 106n],
          ['71270', 125n],
        ],
      ],
      ['536381/2', [['22719', 210n]]],
    ]);
  });

  test.each([
    ['POST', 1, '18.00', 'no-goods'],
    ['BANK CHARGES', 1, '15', 'no-goods'],
    ['22719', -10, '1.06', 'write-off'],
    ['22719', 10, '0', 'no-price'],
    ['22719', 10, '0.005', 'bad-price'],
    ['22719', Number.NaN, '1', 'bad-quantity'],
    ['22719', 1.5, '1', 'bad-quantity'],
    ['22719', 1_000_001, '1', 'bad-quantity'],
    ['22719', 1, '100000000.01', 'bad-price'],
    ['22719', 1, '-1', 'bad-price'],
    ['a/b', 1, '1', 'bad-code'],
    ['', 1, '1', 'bad-code'],
  ])('refuses %s × %s at %s as %s', (code, quantity, price, reason) => {
    const { parts, refusals } = orderParts(invoice('536370', '12583', [code, quantity, price], ['71053', 1, '3.39']));
    expect(refusals.map((refusal) => refusal.code)).toEqual([reason]);
    expect(parts).toHaveLength(1);
  });

  test('of more articles than an order may have is placed in parts', () => {
    const articles = Array.from({ length: 2001 }, (_, index): [string, number, string] => [`A${index}`, 1, '1']);
    const { parts } = orderParts(invoice('573585', '', ...articles));
    expect(parts.map(({ reference, lines }) => [reference, lines.length])).toEqual([
      ['573585', 1000],
      ['573585/2', 1000],
      ['573585/3', 1],
    ]);
  });

  test('refuses an article whose lines are too many pieces together', () => {
    const { parts, refusals } = orderParts(
      invoice('536370', '', ['22719', 600_000, '1'], ['71053', 1, '3.39'], ['22719', 600_000, '1']),
    );
    expect(refusals.map(({ line, code }) => [line.line, code])).toEqual([
      [2, 'bad-quantity'],
      [4, 'bad-quantity'],
    ]);
    expect(parts.flatMap(({ lines }) => lines.map(({ productId }) => productId))).toEqual(['71053']);
  });

  test('without a proper number is refused', () => {
    expect(orderParts(invoice('5363/70', '', ['22719', 1, '1'])).refusals).toMatchObject([{ code: 'bad-invoice' }]);
  });

  test('with nothing to sell is no order', () => {
    expect(orderParts(invoice('536589', '', ['21777', -10, '0'])).parts).toEqual([]);
  });
});
