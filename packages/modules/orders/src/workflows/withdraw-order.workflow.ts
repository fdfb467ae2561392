import { workflow } from '@macrolith/core';
import { Notifications } from '@macrolith/notifications';
import { OrderBook } from '../book/order-book.js';
import { CancelOrder, Order } from '../index.js';
import { cancelledNews } from '../news.js';

/**
 * Takes back an order that is being fulfilled automatically. Only the order changes here: payments, inventory and shipping
 * hear that it is cancelled, and each takes back what it has done of it.
 */
export const withdrawOrder = workflow('orders.withdraw', { version: 1, input: CancelOrder, output: Order })
  .pivot('struck', OrderBook.op.strike, ({ input }) => ({
    ...input,
    from: 'placed' as const,
    leavesToOthers: true,
  }))

  .retriable('announced', OrderBook.op.announceCancellation, ({ struck }) => ({
    order: struck.order,
    cancellation: struck.cancellation,
  }))
  .enqueue('news', Notifications.op.send, ({ struck }) => cancelledNews(struck.order, struck.cancellation))
  .result(({ struck }) => struck.order);
