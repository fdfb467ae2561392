import { type Money, path } from '@macrolith/ui';

/** A product as the API sends it. */
export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly description?: string;
  readonly price: Money;
  readonly active: boolean;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** The product in the API; `below` leads to what belongs to it. */
export function productUrl(productId: string, below = ''): string {
  return path`/api/catalog/products/${productId}` + below;
}

/** The product's page. */
export function productPage(productId: string): string {
  return path`/catalog/products/${productId}`;
}
