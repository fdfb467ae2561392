import type { Line } from '../cart.js';

/** One way to run the shop: whichever it is, an order leaves the same rows behind. */
export interface Shop {
  readonly name: string;
  /** Answers the order's id. */
  place(lines: readonly Line[], customer: string): Promise<string>;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** Where its users log in: the superuser's URL for our own, the clerk's for the others. */
  readonly url: string;
  readonly poolSize: number;
}
