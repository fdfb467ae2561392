import type { Quote } from '@macrolith/catalog';
import { MAX_QUANTITY, MAX_TOTAL_MINOR, MixedCurrencies, OrderTooLarge, type WantedLine } from './index.js';
import { mergeLines } from './order-lines.js';

export interface PricedLine extends WantedLine {
  readonly name: string;
  readonly unitPriceMinor: bigint;
}

/** An order's lines with what they cost. All amounts are in minor units of one currency. */
export interface PricedOrder {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly totalMinor: bigint;
}

/**
 * Prices the lines with the catalog's quotes, one for every product of the lines.
 * @throws MixedCurrencies, OrderTooLarge
 */
export function price(wanted: readonly WantedLine[], quotes: readonly Quote[]): PricedOrder {
  const currencies = [...new Set(quotes.map((quote) => quote.price.currency))];
  if (currencies.length !== 1) throw new MixedCurrencies({ currencies });

  const byProduct = new Map(quotes.map((quote) => [quote.productId, quote]));
  const lines = mergeLines(wanted).map((line) => priced(line, byProduct.get(line.productId)!));
  const totalMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * BigInt(line.quantity), 0n);
  if (totalMinor > MAX_TOTAL_MINOR) throw new OrderTooLarge({ limit: MAX_TOTAL_MINOR, what: 'minor units in total' });
  return { currency: currencies[0]!, lines, totalMinor };
}

function priced(line: WantedLine, { name, price }: Quote): PricedLine {
  if (line.quantity > MAX_QUANTITY) {
    throw new OrderTooLarge({ limit: BigInt(MAX_QUANTITY), what: 'pieces of one product' });
  }
  return { ...line, name, unitPriceMinor: price.amountMinor };
}
