import { api, type Page } from '@macrolith/ui';
import type { Product } from './product.js';

/** As many as one search answers. */
const MOST_AT_ONCE = 100;

/** Reads the products that one page shows in few requests: each asks for its own, the first waits for the rest. */
class ProductLoader {
  #waiting = new Map<string, PromiseWithResolvers<Product | undefined>>();

  /** Undefined when the catalog does not know the product. */
  load(productId: string): Promise<Product | undefined> {
    const known = this.#waiting.get(productId);
    if (known !== undefined) return known.promise;
    if (this.#waiting.size === 0) setTimeout(() => void this.#readAll());
    const asked = Promise.withResolvers<Product | undefined>();
    this.#waiting.set(productId, asked);
    if (this.#waiting.size === MOST_AT_ONCE) void this.#readAll();
    return asked.promise;
  }

  async #readAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    if (waiting.size === 0) return;
    try {
      const query = { productIds: [...waiting.keys()], includeDiscontinued: true, limit: MOST_AT_ONCE };
      const { items } = await api.get<Page<Product>>('/api/catalog/products', { query });
      for (const product of items) waiting.get(product.productId)?.resolve(product);
      for (const asked of waiting.values()) asked.resolve(undefined);
    } catch (error) {
      for (const asked of waiting.values()) asked.reject(error);
    }
  }
}

export const products = new ProductLoader();
