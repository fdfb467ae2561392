import { command, defineError, event, instant, integer, Money, Port, query, task, z } from '../src/index.js';

export const Product = z.object({ productId: z.string(), name: z.string(), price: Money, updatedAt: instant() });
export type Product = z.output<typeof Product>;

/** The product is not sold here. */
export class ProductNotFound extends defineError(
  'shop.product-not-found',
  { productId: z.string() },
  (error) => `There is no product ${error.productId}.`,
  { kind: 'not-found' },
) {}

/** The price is below what the product cost. */
export class PriceTooLow extends defineError(
  'shop.price-too-low',
  { floorMinor: integer(), since: instant() },
  (error) => `The price must be at least ${error.floorMinor}.`,
) {}

/** A small shop with one of everything that a contract can hold. */
export abstract class Shop extends Port({
  name: 'shop',
  version: '1.2.0',
  operations: {
    /** The product as it is sold now. */
    getProduct: query({
      input: z.object({ productId: z.string() }),
      output: Product,
      errors: [ProductNotFound],
    }),
    /** Sets the price from now on. */
    reprice: command({
      input: z.object({ productId: z.string(), price: Money, note: z.string().optional() }),
      output: Product,
      errors: [ProductNotFound, PriceTooLow],
    }),
    /** Charges a card. */
    charge: command({ input: z.object({ amount: Money }), external: true }),
    /** Rebuilds the search index. */
    reindex: task({ input: z.object({ since: instant() }) }),
    /** How many products are sold. */
    count: query({ output: z.int() }),
  },
  events: {
    /** A price changed. */
    priceChanged: event({
      data: z.object({ productId: z.string(), price: Money, at: instant() }),
      key: (data) => data.productId,
    }),
  },
}) {}
