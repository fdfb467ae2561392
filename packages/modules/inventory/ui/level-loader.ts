import { api, withQuery } from '@macrolith/ui';
import type { StockLevel } from './stock.js';

/** Reads the levels of all products that one page shows in one request: each asks for its own, the first waits for the rest. */
class LevelLoader {
  #waiting = new Map<string, PromiseWithResolvers<StockLevel>>();

  load(productId: string): Promise<StockLevel> {
    if (this.#waiting.size === 0) setTimeout(() => void this.#readAll());
    const known = this.#waiting.get(productId);
    if (known !== undefined) return known.promise;
    const asked = Promise.withResolvers<StockLevel>();
    this.#waiting.set(productId, asked);
    return asked.promise;
  }

  async #readAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    try {
      const productIds = [...waiting.keys()];
      const levels = await api.get<StockLevel[]>(withQuery('/api/inventory/levels', { productIds }));
      for (const level of levels) waiting.get(level.productId)?.resolve(level);
    } catch (error) {
      for (const asked of waiting.values()) asked.reject(error);
    }
  }
}

export const levels = new LevelLoader();
