import { z } from '@macrolith/contract';

/** What is asked in every call of these suites, whoever carries it. */
export const Wish = z.object({ sku: z.string().max(64), quantity: z.int().min(1) });
export type Wish = z.output<typeof Wish>;

/** What is answered. */
export const Quote = z.object({
  sku: z.string(),
  name: z.string(),
  currency: z.string().length(3),
  unitMinor: z.int(),
  totalMinor: z.int(),
  inStock: z.boolean(),
  tags: z.array(z.string()),
});
export type Quote = z.output<typeof Quote>;

const UNIT_MINOR = 1_295;

/** The work itself: next to nothing, so that what is measured is the way there and back. */
export function quoteFor({ sku, quantity }: Wish): Quote {
  return {
    sku,
    name: 'White hanging heart T-light holder',
    currency: 'GBP',
    unitMinor: UNIT_MINOR,
    totalMinor: UNIT_MINOR * quantity,
    inStock: true,
    tags: ['light', 'glass', 'gift'],
  };
}
