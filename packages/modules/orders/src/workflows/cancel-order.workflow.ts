import { workflow } from '@macrolith/core';
import { Inventory } from '@macrolith/inventory';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { OrderBook } from '../book/order-book.js';
import { CancelOrder, Order } from '../index.js';
import { cancelledNews } from '../news.js';

/** Takes back an order that is placed, or some of its lines: less money is held, and the stock is free again. */
export const cancelOrder = workflow('orders.cancel', { version: 1, input: CancelOrder, output: Order })
  .step('struck', OrderBook.op.strike, ({ input }) => ({ ...input, from: 'placed' as const }))
  .compensate(OrderBook.op.restore, ({ struck }) => ({
    orderId: struck.order.orderId,
    number: struck.cancellation.number,
    status: 'placed' as const,
  }))

  // With an amount the payment goes on; without, it ends.
  .step('payment', Payments.op.void, ({ struck }) => ({
    paymentId: struck.order.paymentId!,
    ...(struck.whole ? {} : { amountMinor: struck.cancellation.amount.amountMinor }),
  }))
  .compensate(Payments.op.reinstate, ({ struck }) => ({
    paymentId: struck.order.paymentId!,
    amountMinor: struck.cancellation.amount.amountMinor,
  }))

  .pivot('stock', Inventory.op.release, ({ struck }) => ({
    reservationId: struck.order.reservationId!,
    lines: struck.cancellation.lines,
  }))

  .retriable('announced', OrderBook.op.announceCancellation, ({ struck }) => ({
    order: struck.order,
    cancellation: struck.cancellation,
  }))
  .enqueue('news', Notifications.op.send, ({ struck }) => cancelledNews(struck.order, struck.cancellation))
  .result(({ struck }) => struck.order);
