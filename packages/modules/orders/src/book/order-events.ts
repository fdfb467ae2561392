import type { DataOf } from '@macrolith/contract';
import type { Cancellation, Order, Orders, SoldLine } from '../index.js';

/** An order that was just placed: nothing of it is cancelled yet. */
export function placedEvent(order: Order): DataOf<typeof Orders.event.orderPlaced> {
  return {
    ...soldOrder(order),
    lines: order.lines.map((line) => soldLine(line, line.quantity)),
    total: order.total,
  };
}

export function cancelledEvent(order: Order, cancellation: Cancellation): DataOf<typeof Orders.event.orderCancelled> {
  const { status, fulfilledAt } = order;
  const lines = new Map(order.lines.map((line) => [line.productId, line]));
  return {
    ...soldOrder(order),
    status,
    cancellation,
    lines: cancellation.lines.map(({ productId, quantity }) => soldLine(lines.get(productId)!, quantity)),
    ...(fulfilledAt === undefined ? {} : { fulfilledAt }),
  };
}

export function fulfilledEvent(order: Order): DataOf<typeof Orders.event.orderFulfilled> {
  return { ...soldOrder(order), total: order.total };
}

function soldOrder({ orderId, customerId, country, placedAt, fulfilment }: Order) {
  return { orderId, customerId, ...(country === undefined ? {} : { country }), placedAt, fulfilment };
}

function soldLine({ productId, name, unitPrice }: Order['lines'][number], quantity: number): SoldLine {
  const total = { ...unitPrice, amountMinor: unitPrice.amountMinor * BigInt(quantity) };
  return { productId, quantity, name, unitPrice, total };
}
