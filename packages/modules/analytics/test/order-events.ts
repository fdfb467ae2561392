import { randomUUID } from 'node:crypto';
import type { DataOf } from '@macrolith/contract';
import type { Orders } from '@macrolith/orders';

export type Line = readonly [productId: string, quantity: number, unitPriceMinor: bigint];

/** An order, in the few things that sales are about. */
export interface Sold {
  readonly on: string;
  readonly lines: readonly Line[];
  readonly currency?: string;
  readonly country?: string;
  readonly names?: Readonly<Record<string, string>>;
}

export function placedEvent(order: Sold): DataOf<typeof Orders.event.orderPlaced> {
  return { ...orderOf(order), lines: linesOf(order, order.lines), total: totalOf(order, order.lines) };
}

export function fulfilledEvent(order: Sold): DataOf<typeof Orders.event.orderFulfilled> {
  return { ...orderOf(order), total: totalOf(order, order.lines) };
}

interface Cancelled {
  readonly on?: string;
  /** Whether nothing is left. */
  readonly whole?: boolean;
  /** Whether the goods had left. */
  readonly fulfilled?: boolean;
}

export function cancelledEvent(
  order: Sold,
  lines: readonly Line[],
  { on = order.on, whole = false, fulfilled = false }: Cancelled,
): DataOf<typeof Orders.event.orderCancelled> {
  const goodsLeft = fulfilled ? 'fulfilled' : 'placed';
  return {
    ...orderOf(order),
    status: whole ? 'cancelled' : goodsLeft,
    cancellation: {
      number: 1,
      lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
      amount: totalOf(order, lines),
      cancelledAt: noonOf(on),
    },
    lines: linesOf(order, lines),
    ...(fulfilled ? { fulfilledAt: noonOf(order.on) } : {}),
  };
}

function orderOf({ on, country }: Sold) {
  const order = { orderId: randomUUID(), customerId: '17850', placedAt: noonOf(on) };
  return country === undefined ? order : { ...order, country };
}

function linesOf({ currency = 'GBP', names = {} }: Sold, lines: readonly Line[]) {
  return lines.map(([productId, quantity, amountMinor]) => ({
    productId,
    quantity,
    name: names[productId] ?? `Product ${productId}`,
    unitPrice: { amountMinor, currency },
    total: { amountMinor: amountMinor * BigInt(quantity), currency },
  }));
}

function totalOf({ currency = 'GBP' }: Sold, lines: readonly Line[]) {
  const amountMinor = lines.reduce((sum, [, quantity, minor]) => sum + minor * BigInt(quantity), 0n);
  return { amountMinor, currency };
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
