import { ApiProblem, api, type Money } from '@macrolith/ui';

export interface Quote {
  readonly productId: string;
  readonly name: string;
  readonly price: Money;
}

/** What the products of a basket cost now. */
export interface Pricing {
  readonly quotes: ReadonlyMap<string, Quote>;
  /** Products that are not sold, or not any more. */
  readonly notSold: ReadonlySet<string>;
}

/** The catalog quotes all or names the first that it cannot: those are left out one by one. */
export async function priceBasket(productIds: readonly string[], signal: AbortSignal): Promise<Pricing> {
  const notSold = new Set<string>();
  for (;;) {
    const wanted = productIds.filter((productId) => !notSold.has(productId));
    if (wanted.length === 0) return { quotes: new Map(), notSold };
    try {
      const quotes = await api.get<Quote[]>('/api/catalog/quotes', { query: { productIds: wanted }, signal });
      return { quotes: new Map(quotes.map((quote) => [quote.productId, quote])), notSold };
    } catch (error) {
      const refused = unsoldProduct(error);
      if (refused === undefined || notSold.has(refused)) throw error;
      notSold.add(refused);
    }
  }
}

function unsoldProduct(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  if (!error.is('catalog.product-not-found') && !error.is('catalog.product-discontinued')) return undefined;
  return String(error.fields.productId);
}
