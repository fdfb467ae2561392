/** What is sold, and for how much: the catalog's public API. */
import {
  command,
  defineError,
  event,
  instant,
  integer,
  Money,
  Port,
  pageOf,
  pageRequest,
  query,
  z,
} from '@macrolith/contract';

/** A stock code such as `85123A`, `POST` or `BANK CHARGES`. Case matters; it is safe in a URL once percent-encoded. */
export const ProductId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/,
    'Use letters, digits, spaces, dots, underscores and dashes; begin and end with a letter or digit.',
  );

/** What a customer reads on the shelf: one line, not blank. */
const ProductName = z
  .string()
  .max(200)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** Plain text; line breaks are kept. */
const Description = z
  .string()
  .max(2000)
  .regex(/^[\P{Cc}\n]*$/u, 'Use no control characters but line breaks.');

/** What one piece costs: zero or more, at most ten billion of the currency's minor unit. */
export const Price = Money.extend({ amountMinor: integer({ min: 0n, max: 10_000_000_000n }) });

export const Product = z.object({
  productId: ProductId,
  name: ProductName,
  description: Description.optional(),
  price: Price,
  active: z.boolean().describe('Whether it is sold. A discontinued product stays readable.'),
  updatedAt: instant(),
});
export type Product = z.output<typeof Product>;

/** What an order needs to know of a product. */
export const Quote = Product.pick({ productId: true, name: true, price: true });
export type Quote = z.output<typeof Quote>;

/** No product has this id. */
export class ProductNotFound extends defineError(
  'catalog.product-not-found',
  { productId: ProductId },
  (e) => `There is no product ${e.productId}.`,
  { kind: 'not-found' },
) {}

/** Another product has this id. */
export class ProductExists extends defineError(
  'catalog.product-exists',
  { productId: ProductId },
  (e) => `There is a product ${e.productId} already. Choose another id, or change the price of that one.`,
  { kind: 'conflict' },
) {}

/** The product is not sold any more. */
export class ProductDiscontinued extends defineError(
  'catalog.product-discontinued',
  { productId: ProductId },
  (e) => `Product ${e.productId} is not sold any more.`,
  { kind: 'conflict' },
) {}

/** What is sold, and for how much. */
export abstract class Catalog extends Port({
  name: 'catalog',
  version: '0.1.0',
  operations: {
    /** Products in the order of their ids. Every word of `q` must occur in the id or the name, in any case. */
    search: query({
      input: pageRequest().extend({
        cursor: ProductId.optional(),
        q: z
          .string()
          .max(100)
          .regex(/^\P{Cc}*$/u)
          .optional(),
        productIds: z.array(ProductId).max(100).optional().describe('Only these, as far as they exist.'),
        includeDiscontinued: z.boolean().optional(),
      }),
      output: pageOf(Product),
    }),
    /** The product as it is now, discontinued or not. */
    getProduct: query({ input: z.object({ productId: ProductId }), output: Product, errors: [ProductNotFound] }),
    /** What the products cost now: one quote per id, in the order asked. All of them, or the error of the first that cannot be sold. */
    quote: query({
      input: z.object({ productIds: z.array(ProductId).min(1).max(1000) }),
      output: z.array(Quote),
      errors: [ProductNotFound, ProductDiscontinued],
      permission: 'catalog.edit',
    }),
    /** Puts a new product on sale. */
    addProduct: command({
      input: Product.pick({ productId: true, name: true, description: true, price: true }),
      output: Product,
      errors: [ProductExists],
      permission: 'catalog.edit',
    }),
    /** Sets the price from now on; orders that were placed keep theirs. The price it has already changes nothing. */
    reprice: command({
      input: z.object({ productId: ProductId, price: Price }),
      output: Product,
      errors: [ProductNotFound, ProductDiscontinued],
    }),
    /** Takes the product off sale for good. Once more changes nothing. */
    discontinue: command({
      input: z.object({ productId: ProductId }),
      output: Product,
      errors: [ProductNotFound],
      permission: 'catalog.edit',
    }),
  },
  events: {
    /** A product went on sale. */
    productAdded: event({
      data: z.object({ productId: ProductId, name: ProductName, price: Price }),
      key: (e) => e.productId,
    }),
    /** A product costs something else from now on. */
    priceChanged: event({
      data: z.object({ productId: ProductId, price: Price, previousPrice: Price }),
      key: (e) => e.productId,
    }),
    /** A product went off sale for good. */
    productDiscontinued: event({ data: z.object({ productId: ProductId }), key: (e) => e.productId }),
  },
}) {}
