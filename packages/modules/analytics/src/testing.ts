/** Analytics in memory, keeping the same contract: for tests of modules that use it. */
import type { EventType, InputOf } from '@macrolith/contract';
import { Orders } from '@macrolith/orders';
import {
  type Analytics,
  type CountrySales,
  type DaySales,
  type Funnel,
  MAX_ROWS,
  type ProductSales,
  type Projection,
  type Sales,
} from './index.js';
import { type Contribution, type LineContribution, ofCancelled, ofFulfilled, ofPlaced } from './sales/contribution.js';
import { funnelOf } from './sales/views.js';

type Sold = LineContribution & Pick<Contribution, 'day' | 'country' | 'currency' | 'kind' | 'at'>;
type Period = InputOf<Analytics['funnel']>;

/** Analytics in memory. It counts the events that it is told of. It passes the contract suite of the real one. */
export class FakeAnalytics implements Analytics {
  private contributions: Contribution[] = [];
  private builtAt = new Date();
  private generation = 1;

  /** Counts an event of orders. */
  hear<Data>(event: EventType<Data>, data: Data, at = new Date()): void {
    const contribution = contributionOf(event, data, at);
    if (contribution !== undefined) this.contributions.push(contribution);
  }

  async salesByDay(wanted: InputOf<Analytics['salesByDay']>): Promise<DaySales[]> {
    const rows = grouped(this.sold(wanted), ({ day, currency }) => `${day} ${currency}`);
    return rows
      .map(([{ day }, sales]) => ({ day, ...sales }))
      .sort((a, b) => compare(`${a.day} ${a.amount.currency}`, `${b.day} ${b.amount.currency}`))
      .slice(-MAX_ROWS);
  }

  async salesByProduct({ limit = 20, ...wanted }: InputOf<Analytics['salesByProduct']>): Promise<ProductSales[]> {
    const rows = grouped(this.sold(wanted), ({ productId, currency }) => `${productId} ${currency}`);
    const products = rows.map(([{ productId, name }, sales]) => ({
      productId,
      ...(name === undefined ? {} : { name }),
      ...sales,
    }));
    return products.sort(byAmountAnd(({ productId }) => productId)).slice(0, limit);
  }

  async salesByCountry(wanted: InputOf<Analytics['salesByCountry']>): Promise<CountrySales[]> {
    const rows = grouped(this.sold(wanted), ({ country, currency }) => `${country} ${currency}`);
    const countries = rows.map(([{ country }, sales]) => ({ ...(country === '' ? {} : { country }), ...sales }));
    return countries.sort(byAmountAnd(({ country = '' }) => country)).slice(0, MAX_ROWS);
  }

  async funnel(wanted: InputOf<Analytics['funnel']>): Promise<Funnel> {
    const found = this.contributions.filter((each) => isWanted(each, wanted));
    const count = (step: Contribution['step']) => found.filter((each) => each.step === step).length;
    return funnelOf(count('placed'), count('fulfilled'), count('cancelled'), count('returned'));
  }

  async projection(): Promise<Projection> {
    const newest = this.contributions.map(({ at }) => at).sort((a, b) => b.getTime() - a.getTime())[0];
    return {
      generation: this.generation,
      builtAt: this.builtAt,
      ...(newest === undefined ? {} : { lastEventAt: newest }),
      events: 0,
      dead: 0,
    };
  }

  /** Done at once: what it was told of is all that it has. */
  async rebuild(): Promise<Projection> {
    this.generation += 1;
    this.builtAt = new Date();
    return this.projection();
  }

  private sold(wanted: Period & { productId?: string | undefined; currency?: string | undefined }): Sold[] {
    return this.contributions
      .filter((each) => isWanted(each, wanted))
      .flatMap(({ lines, day, country, currency, kind, at }) =>
        lines.map((line) => ({ ...line, day, country, currency, kind, at })),
      )
      .filter(({ productId }) => wanted.productId === undefined || productId === wanted.productId)
      .filter(({ currency }) => wanted.currency === undefined || currency === wanted.currency);
  }
}

function contributionOf(event: EventType, data: any, at: Date): Contribution | undefined {
  switch (event.id) {
    case Orders.event.orderPlaced.id:
      return ofPlaced(data, at);
    case Orders.event.orderCancelled.id:
      return ofCancelled(data, at);
    case Orders.event.orderFulfilled.id:
      return ofFulfilled(data, at);
    default:
      return undefined;
  }
}

function isWanted({ day, country }: Contribution, wanted: Period): boolean {
  if (wanted.from !== undefined && day < wanted.from) return false;
  if (wanted.to !== undefined && day > wanted.to) return false;
  return wanted.country === undefined || country === wanted.country;
}

/** One row a group: what it has in common, with the name of the latest event, and its sums. */
function grouped(sold: readonly Sold[], keyOf: (sold: Sold) => string): (readonly [Sold, Sales])[] {
  return [...Map.groupBy(sold, keyOf).values()].map((group) => {
    const latest = group
      .filter(({ kind, name }) => kind === 'ordered' && name !== undefined)
      .sort((a, b) => b.at.getTime() - a.at.getTime() || compare(b.name!, a.name!))[0];
    return [{ ...group[0]!, name: latest?.name }, sumOf(group)] as const;
  });
}

function sumOf(group: readonly Sold[]): Sales {
  const { currency } = group[0]!;
  const ordered = group.filter(({ kind }) => kind === 'ordered');
  const cancelled = group.filter(({ kind }) => kind === 'cancelled');
  const pieces = (rows: readonly Sold[]) => rows.reduce((sum, row) => sum + row.pieces, 0);
  const minor = (rows: readonly Sold[]) => rows.reduce((sum, row) => sum + row.amountMinor, 0n);
  return {
    pieces: pieces(ordered) - pieces(cancelled),
    amount: { amountMinor: minor(ordered) - minor(cancelled), currency },
    cancelledPieces: pieces(cancelled),
    cancelledAmount: { amountMinor: minor(cancelled), currency },
  };
}

function byAmountAnd<Row extends Sales>(nameOf: (row: Row) => string) {
  return (a: Row, b: Row): number => {
    const [first, second] = [a.amount.amountMinor, b.amount.amountMinor];
    if (first !== second) return first > second ? -1 : 1;
    return compare(nameOf(a), nameOf(b)) || compare(a.amount.currency, b.amount.currency);
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
