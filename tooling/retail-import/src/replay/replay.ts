import type { Invoice } from '../file/read-invoices.js';
import type { Shop } from '../shop/shop.js';
import type { Problem } from '../shop/shop-client.js';
import { type OrderPart, orderParts, totalMinor } from './order-parts.js';
import { type Refusal, refuse } from './refusal.js';
import { SoldPieces } from './sold-pieces.js';

export type InvoiceOutcome = 'placed' | 'cancelled' | 'rejected';

/** What came of one invoice. */
export interface Replayed {
  readonly invoice: Invoice;
  readonly outcome: InvoiceOutcome;
  readonly refusals: readonly Refusal[];
  /** Pence placed, or taken back. */
  readonly amountMinor: bigint;
  /** An earlier run had done it. */
  readonly before: boolean;
}

/** Orders of customers without a number are booked to this one. */
export const GUEST = 'guest';

/**
 * Replays invoices one after the other, as they happened. Each step finds out whether an earlier run has done it, and
 * carries a key, so that a run may end anywhere and be started again.
 */
export class Replay {
  private readonly soldPieces = new SoldPieces();

  constructor(private readonly shop: Shop) {}

  replay(invoice: Invoice): Promise<Replayed> {
    return invoice.kind === 'order' ? this.order(invoice) : this.cancellation(invoice);
  }

  private async order(invoice: Invoice): Promise<Replayed> {
    const { parts, refusals } = orderParts(invoice);
    const refused = [...refusals];
    let amountMinor = 0n;
    let placed = 0;
    let before = parts.length > 0;
    for (const part of parts) {
      const known = await this.shop.findOrder(part.reference);
      before &&= known !== undefined;
      const placedNow = known === undefined ? await this.place(invoice, part) : { orderId: known };
      if ('refusals' in placedNow) {
        refused.push(...placedNow.refusals);
        continue;
      }
      this.soldPieces.sold(placedNow.orderId, invoice.customer, part);
      amountMinor += totalMinor(part);
      placed += 1;
    }
    return { invoice, outcome: placed > 0 ? 'placed' : 'rejected', refusals: refused, amountMinor, before };
  }

  private async place(invoice: Invoice, part: OrderPart): Promise<{ orderId: string } | { refusals: Refusal[] }> {
    const customer = invoice.customer === '' ? GUEST : invoice.customer;
    await this.shop.supply(part);
    const accountId = await this.shop.fund(customer, part);
    const answer = await this.shop.place(customer, accountId, part);
    if (answer.ok) return answer.body;
    const sources = part.lines.flatMap((line) => line.sources);
    return { refusals: sources.map((line) => refusedByShop(line, answer.problem)) };
  }

  private async cancellation(invoice: Invoice): Promise<Replayed> {
    const { parts, refusals } = this.soldPieces.takeBack(invoice);
    const refused = [...refusals];
    let amountMinor = 0n;
    for (const part of parts) {
      const problem = await this.shop.cancel(invoice.number, part);
      if (problem === undefined) {
        amountMinor += part.amountMinor;
        continue;
      }
      const products = new Set(part.lines.map(({ productId }) => productId));
      const sources = invoice.lines.filter(({ stockCode }) => products.has(stockCode));
      refused.push(...sources.map((line) => refusedByShop(line, problem)));
    }
    return {
      invoice,
      outcome: amountMinor > 0n ? 'cancelled' : 'rejected',
      refusals: refused,
      amountMinor,
      before: false,
    };
  }
}

function refusedByShop(line: Invoice['lines'][number], { code, detail }: Problem): Refusal {
  return refuse(line, code, detail);
}
