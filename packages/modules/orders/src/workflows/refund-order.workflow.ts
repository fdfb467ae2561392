import { workflow } from '@macrolith/core';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { OrderBook } from '../book/order-book.js';
import { CancelOrder, Order } from '../index.js';
import { cancelledNews } from '../news.js';

/**
 * Takes back an order that is fulfilled, or some of its lines: money is given back. Stock does not change: the goods are
 * with the customer, and the warehouse receives what really comes back.
 */
export const refundOrder = workflow('orders.refund', { version: 1, input: CancelOrder, output: Order })
  .step('struck', OrderBook.op.strike, ({ input }) => ({ ...input, from: 'fulfilled' as const }))
  .compensate(OrderBook.op.restore, ({ struck }) => ({
    orderId: struck.order.orderId,
    number: struck.cancellation.number,
    status: 'fulfilled' as const,
  }))

  // With an amount the payment goes on; without, it ends.
  .pivot('payment', Payments.op.refund, ({ struck }) => ({
    paymentId: struck.order.paymentId!,
    ...(struck.whole ? {} : { amountMinor: struck.cancellation.amount.amountMinor }),
  }))

  .retriable('announced', OrderBook.op.announceCancellation, ({ struck }) => ({
    order: struck.order,
    cancellation: struck.cancellation,
  }))
  .enqueue('news', Notifications.op.send, ({ struck }) => cancelledNews(struck.order, struck.cancellation))
  .result(({ struck }) => struck.order);
