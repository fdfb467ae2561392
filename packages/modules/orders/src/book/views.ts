import type { Money } from '@macrolith/contract';
import type { Cancellation, Order, OrderLine, OrderSummary, PlaceOrder } from '../index.js';
import { piecesLeft } from '../order-lines.js';
import type { PricedOrder } from '../pricing.js';
import type { OrderHeaderRow } from './order-header.entity.js';
import type { StoredCancellation, StoredLine, StoredOrder } from './order-reader.js';

export function toSummary(row: OrderHeaderRow): OrderSummary {
  return {
    orderId: row.orderId,
    ...(row.reference === null ? {} : { reference: row.reference }),
    customerId: row.customerId,
    ...(row.accountId === null ? {} : { accountId: row.accountId }),
    ...(row.cardToken === null ? {} : { card: { token: row.cardToken } }),
    status: row.status,
    total: { amountMinor: row.totalMinor - row.cancelledMinor, currency: row.currency },
    placedAt: row.placedAt,
  };
}

export function toOrder(row: StoredOrder): Order {
  const money = moneyIn(row.currency);
  return {
    ...toSummary(row),
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.country === null ? {} : { country: row.country }),
    fulfilment: row.fulfilment,
    lines: row.lines.map((line) => toLine(line, money)),
    cancellations: row.cancellations.map((cancellation) => toCancellation(cancellation, money)),
    ...(row.paymentId === null ? {} : { paymentId: row.paymentId }),
    ...(row.reservationId === null ? {} : { reservationId: row.reservationId }),
    ...(row.fulfilledAt === null ? {} : { fulfilledAt: row.fulfilledAt }),
  };
}

/** The order that was just written, without reading it back. */
export function toPendingOrder(orderId: string, request: PlaceOrder, order: PricedOrder, placedAt: Date): Order {
  return toOrder({
    orderId,
    reference: request.reference ?? null,
    customerId: request.customerId,
    accountId: request.accountId ?? null,
    cardToken: request.card?.token ?? null,
    email: request.email ?? null,
    country: request.country ?? null,
    status: 'pending',
    fulfilment: request.fulfilment ?? 'manual',
    currency: order.currency,
    totalMinor: order.totalMinor,
    cancelledMinor: 0n,
    paymentId: null,
    reservationId: null,
    placedAt,
    fulfilledAt: null,
    changing: false,
    lines: order.lines.map((line) => ({ ...line, cancelled: 0 })),
    cancellations: [],
  });
}

function toLine(line: StoredLine, money: (amountMinor: bigint) => Money): OrderLine {
  const { productId, name, quantity, cancelled, unitPriceMinor } = line;
  return {
    productId,
    name,
    quantity,
    cancelled,
    unitPrice: money(unitPriceMinor),
    total: money(unitPriceMinor * BigInt(piecesLeft(line))),
  };
}

function toCancellation(row: StoredCancellation, money: (amountMinor: bigint) => Money): Cancellation {
  return {
    number: row.number,
    lines: row.lines,
    amount: money(row.amountMinor),
    ...(row.reason === null ? {} : { reason: row.reason }),
    cancelledAt: row.cancelledAt,
  };
}

function moneyIn(currency: string): (amountMinor: bigint) => Money {
  return (amountMinor) => ({ amountMinor, currency });
}
