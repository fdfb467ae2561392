import type { Invoice } from '../file/read-invoices.js';
import type { OrderPart } from './order-parts.js';
import { type Refusal, refuse } from './refusal.js';
import { articleProblem } from './saleable.js';

/** Pieces of one article in one order. */
interface Lot {
  readonly orderId: string;
  readonly productId: string;
  readonly priceMinor: bigint;
  left: number;
}

/** What to take back of one order. */
export interface CancellationPart {
  readonly orderId: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly amountMinor: bigint;
}

/**
 * Which pieces of which order can still be taken back. It is built from the file alone, so that a second run comes to
 * the same plan as the first, whatever the first has already done.
 */
export class SoldPieces {
  /** By customer, article and price; the latest order first. */
  private readonly lots = new Map<string, Lot[]>();

  sold(orderId: string, customer: string, { lines }: OrderPart): void {
    for (const { productId, priceMinor, quantity } of lines) {
      const lot = { orderId, productId, priceMinor, left: quantity };
      this.lots.set(keyOf(customer, productId, priceMinor), [lot, ...this.matching(customer, productId, priceMinor)]);
    }
  }

  /** Finds the orders that a cancellation takes back, the latest first. A line that nothing matches is refused whole. */
  takeBack(invoice: Invoice): { readonly parts: readonly CancellationPart[]; readonly refusals: readonly Refusal[] } {
    const refusals: Refusal[] = [];
    const taken: { lot: Lot; quantity: number }[] = [];
    for (const line of invoice.lines) {
      const problem = articleProblem(line) ?? this.problem(line, invoice.customer);
      if (problem === undefined)
        taken.push(...this.take(invoice.customer, line.stockCode, line.priceMinor!, -line.quantity));
      else refusals.push(problem);
    }
    const parts = [...Map.groupBy(taken, ({ lot }) => lot.orderId)].map(([orderId, pieces]) => ({
      orderId,
      lines: [...Map.groupBy(pieces, ({ lot }) => lot.productId)].map(([productId, same]) => ({
        productId,
        quantity: same.reduce((sum, { quantity }) => sum + quantity, 0),
      })),
      amountMinor: pieces.reduce((sum, { lot, quantity }) => sum + lot.priceMinor * BigInt(quantity), 0n),
    }));
    return { parts, refusals };
  }

  private problem(line: Invoice['lines'][number], customer: string): Refusal | undefined {
    if (customer === '')
      return refuse(line, 'no-customer', 'The cancellation names no customer, so its order cannot be found.');
    if (line.quantity >= 0)
      return refuse(line, 'bad-quantity', 'A cancellation takes back pieces: its quantity must be negative.');
    const left = this.matching(customer, line.stockCode, line.priceMinor).reduce((sum, lot) => sum + lot.left, 0);
    if (left >= -line.quantity) return undefined;
    return refuse(
      line,
      'no-order',
      `Customer ${customer} has ordered ${left} of ${line.stockCode} at ${line.price} in this file, and ${-line.quantity} come back.`,
    );
  }

  private take(customer: string, productId: string, priceMinor: bigint, quantity: number) {
    const taken: { lot: Lot; quantity: number }[] = [];
    let wanted = quantity;
    for (const lot of this.matching(customer, productId, priceMinor)) {
      const pieces = Math.min(wanted, lot.left);
      if (pieces === 0) continue;
      lot.left -= pieces;
      wanted -= pieces;
      taken.push({ lot, quantity: pieces });
    }
    return taken;
  }

  private matching(customer: string, productId: string, priceMinor: bigint | undefined): readonly Lot[] {
    return this.lots.get(keyOf(customer, productId, priceMinor)) ?? [];
  }
}

function keyOf(customer: string, productId: string, priceMinor: bigint | undefined): string {
  return JSON.stringify([customer, productId, String(priceMinor)]);
}
