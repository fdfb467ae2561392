import type { Tone } from '@macrolith/ui';

/** The level of a product as the API sends it. */
export interface StockLevel {
  readonly productId: string;
  readonly available: number;
  readonly reserved: number;
}

/** From here down a product runs low. */
export const LOW_STOCK = 10;

/** What a level means to somebody who wants to sell or to reorder. */
export function judge({ available }: StockLevel): { readonly tone: Tone; readonly verdict: string } {
  if (available === 0) return { tone: 'danger', verdict: 'Out of stock' };
  if (available <= LOW_STOCK) return { tone: 'warning', verdict: 'Running low' };
  return { tone: 'success', verdict: 'In stock' };
}

/** A count in the reader's language. */
export function pieces(count: number): string {
  return count.toLocaleString();
}
