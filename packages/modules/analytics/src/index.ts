/** What was sold, when and where: a read model that is made of events alone. The module's public API. */
import { command, defineError, instant, Money, Port, query, z } from '@macrolith/contract';

/** A day in UTC. */
const Day = z.iso
  .date('Write a day as 2026-11-30.')
  .regex(/^(?!0000)/, 'There is no year 0.')
  .describe('A day in UTC, e.g. 2026-11-30.');

const Country = z.string().min(1).max(64).describe('As the order names it.');
const ProductId = z.string().min(1).max(64);
const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR');

/** Days from the first to the last, both included. An absent end is open. The day is the one on which the order was placed. */
export const Period = z.object({ from: Day.optional(), to: Day.optional() });
export type Period = z.output<typeof Period>;

const Pieces = z.int();

/** What was sold in one currency. What is cancelled counts against the day on which its order was placed. */
export const Sales = z.object({
  pieces: Pieces.describe('Pieces that were ordered and not cancelled.'),
  amount: Money.describe('What those pieces cost.'),
  cancelledPieces: Pieces.describe('Pieces that were ordered and cancelled.'),
  cancelledAmount: Money.describe('What the cancelled pieces would have cost.'),
});
export type Sales = z.output<typeof Sales>;

export const DaySales = Sales.extend({ day: Day });
export type DaySales = z.output<typeof DaySales>;

export const ProductSales = Sales.extend({
  productId: ProductId,
  name: z.string().optional().describe('What the product was called when it was last ordered.'),
});
export type ProductSales = z.output<typeof ProductSales>;

export const CountrySales = Sales.extend({ country: Country.optional().describe('Absent for orders that name none.') });
export type CountrySales = z.output<typeof CountrySales>;

const Orders = z.int();

/** What became of the orders that were placed in a period. Baskets tell nobody anything, so it begins where orders do. */
export const Funnel = z.object({
  placed: Orders,
  open: Orders.describe('Placed, and neither fulfilled nor cancelled.'),
  fulfilled: Orders.describe('Their goods have left the house, whatever came back later.'),
  cancelled: Orders.describe('Nothing of them was left before goods could leave.'),
  returned: Orders.describe('Of the fulfilled: those of which everything was cancelled afterwards.'),
});
export type Funnel = z.output<typeof Funnel>;

const Backlog = {
  events: z.int().min(0).describe('Events that are not in it yet.'),
  oldestAt: instant().optional().describe('When the oldest of them happened. Absent when there is none.'),
  dead: z.int().min(0).describe('Events that were given up on after many attempts. Somebody has to look at them.'),
};

/** A read model that is being built beside the one that answers. */
export const Rebuild = z.object({
  generation: z.int().min(1),
  startedAt: instant(),
  total: z.int().min(0).describe('Events that there were in the log when it began, and those since.'),
  ...Backlog,
});
export type Rebuild = z.output<typeof Rebuild>;

/** How far the read model has come. */
export const Projection = z.object({
  generation: z.int().min(1).describe('Counts the read models that were built, from 1.'),
  builtAt: instant().optional().describe('Since when this one answers.'),
  lastEventAt: instant().optional().describe('When the newest event that is in it happened. Absent while it is empty.'),
  ...Backlog,
  rebuild: Rebuild.optional().describe('Absent when none is being built.'),
});
export type Projection = z.output<typeof Projection>;

/** The log does not reach back as far as the figures do: added up anew, they would lack what was removed. They stay as they are. */
export class HistoryIncomplete extends defineError(
  'analytics.history-incomplete',
  { knownFrom: instant(), logFrom: instant().optional() },
  (e) =>
    `The figures know events since ${e.knownFrom.toISOString()}, and the log ` +
    `${e.logFrom === undefined ? 'is empty' : `begins at ${e.logFrom.toISOString()}`}: added up anew, they would lack the rest. ` +
    'They stay as they are. Keep the log as long as the figures shall reach back.',
  { kind: 'conflict' },
) {}

/** The most days, products or countries that one answer has. */
export const MAX_ROWS = 1000;

/** What was sold, when and where. */
export abstract class Analytics extends Port({
  name: 'analytics',
  version: '0.1.0',
  operations: {
    /** The days on which something was ordered, the oldest first; the newest 1,000 rows. One row per day and currency. */
    salesByDay: query({
      input: Period.extend({
        country: Country.optional(),
        productId: ProductId.optional(),
        currency: Currency.optional(),
      }),
      output: z.array(DaySales).max(MAX_ROWS),
    }),
    /** The products that brought in most, the first 20 or as many as asked. One row per product and currency. */
    salesByProduct: query({
      input: Period.extend({
        country: Country.optional(),
        currency: Currency.optional(),
        limit: z.int().min(1).max(MAX_ROWS).optional(),
      }),
      output: z.array(ProductSales).max(MAX_ROWS),
    }),
    /** The countries that brought in most, the first 1,000. One row per country and currency. */
    salesByCountry: query({
      input: Period.extend({ currency: Currency.optional() }),
      output: z.array(CountrySales).max(MAX_ROWS),
    }),
    /** What became of the orders that were placed in the period. */
    funnel: query({ input: Period.extend({ country: Country.optional() }), output: Funnel }),
    /** How far the read model has come. */
    projection: query({ output: Projection }),
    /**
     * Builds the read model anew from the log of events, beside the one that answers, and lets it answer once it has caught
     * up. While one is being built, this starts no other.
     */
    rebuild: command({ output: Projection, errors: [HistoryIncomplete], permission: 'analytics.rebuild' }),
  },
}) {}
