import type { DataOf, Money } from '@macrolith/contract';
import type { Orders, SoldLine } from '@macrolith/orders';
import { shareOut } from './share-out.js';

/** What one event adds to the sales of one product. Pieces and minor units, never negative. */
export interface LineContribution {
  readonly productId: string;
  /** What the product was called, where the event says so. */
  readonly name: string | undefined;
  readonly pieces: number;
  readonly amountMinor: bigint;
}

/** What an order has come to. */
export type OrderStep = 'placed' | 'fulfilled' | 'cancelled' | 'returned';

/**
 * What one event adds to the read model. Adding is all that is ever done, and adding does not mind the order: events of one
 * order may come in any order and at once, and the sums are the same.
 */
export interface Contribution {
  /** When the event happened. */
  readonly at: Date;
  /** The day on which its order was placed, in UTC. */
  readonly day: string;
  /** Empty for an order that names none. */
  readonly country: string;
  readonly step: OrderStep | undefined;
  /** Whether the lines were ordered, or taken back. */
  readonly kind: 'ordered' | 'cancelled';
  readonly currency: string;
  /** One a product, in the order of their ids: whoever adds several locks them in one order. */
  readonly lines: readonly LineContribution[];
}

export function ofPlaced(event: DataOf<typeof Orders.event.orderPlaced>, at: Date): Contribution {
  return { ...placeOf(event, at), step: 'placed', kind: 'ordered', ...soldLines(event.lines, event.total) };
}

export function ofCancelled(event: DataOf<typeof Orders.event.orderCancelled>, at: Date): Contribution {
  const { status, cancellation, fulfilledAt } = event;
  const step = fulfilledAt === undefined ? 'cancelled' : 'returned';
  return {
    ...placeOf(event, at),
    step: status === 'cancelled' ? step : undefined,
    kind: 'cancelled',
    ...soldLines(event.lines ?? cancellation.lines, cancellation.amount),
  };
}

export function ofFulfilled(event: DataOf<typeof Orders.event.orderFulfilled>, at: Date): Contribution {
  const { currency } = event.total;
  return { ...placeOf(event, at), step: 'fulfilled', kind: 'ordered', currency, lines: [] };
}

interface PlacedOrder {
  readonly country?: string | undefined;
  readonly placedAt?: Date | undefined;
}

/** Events from before they told when their order was placed count for the day on which they happened. */
function placeOf({ country = '', placedAt }: PlacedOrder, at: Date): Pick<Contribution, 'at' | 'day' | 'country'> {
  return { at, day: (placedAt ?? at).toISOString().slice(0, 10), country };
}

/** Events from before they told what their lines cost have a sum: it is shared out by pieces, so that sums stay exact. */
function soldLines(lines: readonly SoldLine[], sum: Money): Pick<Contribution, 'currency' | 'lines'> {
  const amounts = lines.every(({ total }) => total !== undefined)
    ? lines.map(({ total }) => total!.amountMinor)
    : shareOut(
        sum.amountMinor,
        lines.map(({ quantity }) => quantity),
      );
  const byProduct = new Map<string, LineContribution>();
  for (const [index, { productId, quantity, name }] of lines.entries()) {
    const before = byProduct.get(productId);
    byProduct.set(productId, {
      productId,
      name: name ?? before?.name,
      pieces: (before?.pieces ?? 0) + quantity,
      amountMinor: (before?.amountMinor ?? 0n) + amounts[index]!,
    });
  }
  return { currency: sum.currency, lines: [...byProduct.values()].sort(byProductId) };
}

function byProductId(a: LineContribution, b: LineContribution): number {
  return a.productId < b.productId ? -1 : 1;
}
