/** Who has a turn with some articles. */
export interface Turn {
  /** Resolves when all that had an earlier turn with the article are through. */
  of(productId: string): Promise<void>;
  /** Lets the next go on. */
  done(): void;
}

/**
 * Goods of later invoices come in while earlier ones are still being ordered. Where they are of one article, one waits for
 * the other: so the article's level goes up and down in the order of the file in every run, and the shop tells of the same
 * last pieces, whatever the timing and however often a run was broken off.
 */
export class ArticleTurns {
  private readonly latest = new Map<string, Promise<void>>();

  /** Takes the turn after all that were taken before. */
  take(productIds: Iterable<string>): Turn {
    const { promise, resolve } = Promise.withResolvers<void>();
    const earlier = new Map<string, Promise<void>>();
    for (const productId of new Set(productIds)) {
      earlier.set(productId, this.latest.get(productId) ?? Promise.resolve());
      this.latest.set(productId, promise);
    }
    return { of: (productId) => earlier.get(productId) ?? Promise.resolve(), done: resolve };
  }
}
