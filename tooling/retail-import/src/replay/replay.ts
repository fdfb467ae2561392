import type { Invoice } from '../file/read-invoices.js';
import { ImportProblem } from '../import-problem.js';
import { RefusedByShop } from '../shop/refused-by-shop.js';
import type { PlacedOrder, Shop } from '../shop/shop.js';
import { ahead } from './ahead.js';
import { ArticleTurns, type Turn } from './article-turns.js';
import { type OrderPart, orderParts, totalMinor } from './order-parts.js';
import { type Refusal, refuse } from './refusal.js';
import { articleProblem } from './saleable.js';
import { type CancellationPart, SoldPieces } from './sold-pieces.js';

export type InvoiceOutcome = 'placed' | 'cancelled' | 'rejected';

/** What came of one invoice. */
export interface Replayed {
  readonly invoice: Invoice;
  readonly outcome: InvoiceOutcome;
  readonly refusals: readonly Refusal[];
  /** Pence placed, or taken back, by the shop's own account. */
  readonly amountMinor: bigint;
  /** An earlier run had done all of it. */
  readonly before: boolean;
}

/** Orders of customers without a number are booked to this one. */
const GUEST = 'guest';

/** Invoices that are prepared while one is replayed. Beyond a few, the shop's processor is busy anyway. */
const PREPARED_AHEAD = 4;

/** Can be placed now, was placed by an earlier run, or cannot be placed: the shop refused the goods or the money. */
type Preparation =
  | { readonly accountId: string }
  | { readonly known: PlacedOrder }
  | { readonly refused: RefusedByShop };

interface PreparedPart {
  readonly part: OrderPart;
  readonly turn: Turn;
  readonly preparation: Promise<Preparation>;
}

type PlacedPart = PlacedOrder & { readonly before: boolean };

type PreparedInvoice = { readonly invoice: Invoice } & (
  | { readonly kind: 'order'; readonly parts: readonly PreparedPart[]; readonly refusals: readonly Refusal[] }
  /** Its turn is with the articles that come back. */
  | { readonly kind: 'cancellation'; readonly turn: Turn }
);

/**
 * Replays invoices in the order of the file. What does not depend on that order, goods and money, is brought in for the
 * next ones meanwhile; prices, orders and cancellations come one after the other. Each step can be told from its result
 * in the shop, or carries a reference or key by which the shop does it once: a run may end anywhere and be started again.
 */
export class Replay {
  private readonly soldPieces = new SoldPieces();
  private readonly turns = new ArticleTurns();

  constructor(private readonly shop: Shop) {}

  async *run(invoices: readonly Invoice[]): AsyncGenerator<Replayed, void, void> {
    await this.shop.learnPrices(articlesOf(invoices));
    for (const prepared of ahead(invoices, PREPARED_AHEAD, (invoice) => this.prepare(invoice))) {
      yield prepared.kind === 'order' ? await this.order(prepared) : await this.cancellation(prepared);
    }
  }

  private prepare(invoice: Invoice): PreparedInvoice {
    if (invoice.kind === 'cancellation') {
      const turn = this.turns.take(invoice.lines.map(({ stockCode }) => stockCode));
      return { kind: 'cancellation', invoice, turn };
    }
    const { parts, refusals } = orderParts(invoice);
    const customer = customerOf(invoice);
    return { kind: 'order', invoice, parts: parts.map((part) => this.preparePart(customer, part)), refusals };
  }

  private preparePart(customer: string, part: OrderPart): PreparedPart {
    const turn = this.turns.take(part.lines.map(({ productId }) => productId));
    const preparation = this.bringIn(customer, part, turn);
    // A failure is thrown when the part is placed; until then nobody listens to it.
    preparation.catch(() => {});
    return { part, turn, preparation };
  }

  private async bringIn(customer: string, part: OrderPart, turn: Turn): Promise<Preparation> {
    try {
      const known = await this.shop.findOrder(part.reference);
      if (known !== undefined) return { known };
      const accountId = await this.shop.fund(customer, part);
      await this.shop.stockUp(part, turn);
      return { accountId };
    } catch (error) {
      if (error instanceof RefusedByShop) return { refused: error };
      throw error;
    }
  }

  private async order({ invoice, parts, refusals }: Extract<PreparedInvoice, { kind: 'order' }>): Promise<Replayed> {
    const refused = [...refusals];
    const placed: PlacedPart[] = [];
    for (const prepared of parts) {
      const order = await this.place(invoice, prepared);
      prepared.turn.done();
      if (order instanceof RefusedByShop) {
        refused.push(...refuseAll(prepared.part, order));
        continue;
      }
      requireAgreement(prepared.part, order);
      this.soldPieces.sold(order.orderId, invoice.customer, prepared.part);
      placed.push(order);
    }
    return {
      invoice,
      outcome: placed.length > 0 ? 'placed' : 'rejected',
      refusals: refused,
      amountMinor: placed.reduce((sum, { orderedMinor }) => sum + orderedMinor, 0n),
      before: placed.length > 0 && placed.every(({ before }) => before),
    };
  }

  private async place(invoice: Invoice, { part, preparation }: PreparedPart): Promise<PlacedPart | RefusedByShop> {
    const prepared = await preparation;
    if ('known' in prepared) return { ...prepared.known, before: true };
    if ('refused' in prepared) return prepared.refused;
    const buyer = { customer: customerOf(invoice), accountId: prepared.accountId, country: countryOf(invoice) };
    return orRefusal(async () => {
      await this.shop.offer(part);
      return { ...(await this.shop.place(buyer, part)), before: false };
    });
  }

  private async cancellation({ invoice, turn }: Extract<PreparedInvoice, { kind: 'cancellation' }>): Promise<Replayed> {
    const { parts, refusals } = this.soldPieces.takeBack(invoice);
    const refused = [...refusals];
    let amountMinor = 0n;
    let done = 0;
    let doneBefore = 0;
    for (const part of parts) {
      const cancelled = await orRefusal(() => this.shop.cancel(invoice.number, part));
      if (cancelled instanceof RefusedByShop) {
        refused.push(...refuseTaken(invoice, part, cancelled));
        continue;
      }
      amountMinor += cancelled.amountMinor;
      done += 1;
      if (cancelled.before) doneBefore += 1;
    }
    turn.done();
    return {
      invoice,
      outcome: done > 0 ? 'cancelled' : 'rejected',
      refusals: refused,
      amountMinor,
      before: parts.length > 0 && doneBefore === parts.length,
    };
  }
}

function customerOf({ customer }: Invoice): string {
  return customer === '' ? GUEST : customer;
}

/** As the shop takes it: at most 64 characters. */
function countryOf({ country }: Invoice): string | undefined {
  return country === '' ? undefined : country.slice(0, 64);
}

function articlesOf(invoices: readonly Invoice[]): readonly string[] {
  const lines = invoices.flatMap((invoice) => invoice.lines).filter((line) => articleProblem(line) === undefined);
  return [...new Set(lines.map(({ stockCode }) => stockCode))];
}

async function orRefusal<T>(work: () => Promise<T>): Promise<T | RefusedByShop> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedByShop) return error;
    throw error;
  }
}

function refuseAll({ lines }: OrderPart, refused: RefusedByShop): Refusal[] {
  return lines.flatMap(({ sources }) => sources).map((line) => refuse(line, refused.code, refused.message));
}

function refuseTaken(invoice: Invoice, { lines }: CancellationPart, refused: RefusedByShop): Refusal[] {
  const products = new Set(lines.map(({ productId }) => productId));
  return invoice.lines
    .filter(({ stockCode }) => products.has(stockCode))
    .map((line) => refuse(line, refused.code, refused.message));
}

/** Somebody may have repriced an article between this import's price and its order. Sums that differ are never reported as replayed. */
function requireAgreement(part: OrderPart, { orderId, orderedMinor }: PlacedOrder): void {
  if (orderedMinor === totalMinor(part)) return;
  throw new ImportProblem(
    `Order ${orderId} (${part.reference}) costs ${orderedMinor} pence in the shop and ${totalMinor(part)} in the file: ` +
      'somebody else has changed prices while an import was running, or the file is another one. Import it into a shop of its own.',
  );
}
