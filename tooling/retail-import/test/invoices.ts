import type { Invoice } from '../src/file/read-invoices.js';
import { parsePence, type RetailLine } from '../src/file/retail-line.js';

type Short = readonly [stockCode: string, quantity: number, price: string];

/** An invoice from the few things that a test is about. */
export function invoice(number: string, customer: string, ...lines: readonly Short[]): Invoice {
  return {
    number,
    kind: number.startsWith('C') ? 'cancellation' : 'order',
    customer,
    country: 'United Kingdom',
    lines: lines.map(
      ([stockCode, quantity, price], index): RetailLine => ({
        line: index + 2,
        invoice: number,
        stockCode,
        description: `Article ${stockCode}`,
        quantity,
        quantityText: String(quantity),
        price,
        priceMinor: parsePence(price),
        customer,
        country: 'United Kingdom',
      }),
    ),
  };
}
