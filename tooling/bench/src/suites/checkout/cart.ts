import type { Price } from './stores/product-store.js';

export interface Line {
  readonly productId: number;
  readonly quantity: number;
}

export interface PricedLine extends Line {
  readonly priceCents: number;
}

/** Products in the catalog: so many that carts rarely meet on a row. */
export const PRODUCTS = 10_000;
const MOST_PIECES = 3;

/** Two different products, a few pieces of each, sorted so that all checkouts lock rows in one order. */
export function randomCart(random: () => number = Math.random): readonly Line[] {
  const first = wholeNumber(PRODUCTS, random);
  const other = wholeNumber(PRODUCTS - 1, random);
  const second = other >= first ? other + 1 : other;
  return [first, second]
    .sort((a, b) => a - b)
    .map((productId) => ({ productId, quantity: wholeNumber(MOST_PIECES, random) }));
}

/** @throws RangeError when a product has no price */
export function priced(lines: readonly Line[], prices: readonly Price[]): readonly PricedLine[] {
  const known = new Map(prices.map(({ productId, priceCents }) => [productId, priceCents]));
  return lines.map((line) => {
    const priceCents = known.get(line.productId);
    if (priceCents === undefined) throw new RangeError(`Product ${line.productId} has no price.`);
    return { productId: line.productId, quantity: line.quantity, priceCents };
  });
}

export function totalOf(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0);
}

/** From 1 to `most`. */
function wholeNumber(most: number, random: () => number): number {
  return 1 + Math.floor(random() * most);
}
