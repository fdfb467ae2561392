import { z } from '@macrolith/contract';
import { workflow } from '@macrolith/core';
import { Inventory } from '@macrolith/inventory';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { OrderBook } from '../book/order-book.js';
import { Order } from '../index.js';
import { fulfilledNews } from '../news.js';

/** The goods leave the house: the money that was held is taken, and the stock that was kept is gone. */
export const fulfilOrder = workflow('orders.fulfil', {
  version: 1,
  input: z.object({ orderId: z.uuid() }),
  output: Order,
})
  .step('order', OrderBook.op.fulfil, ({ input }) => input)
  .compensate(OrderBook.op.reopen, ({ order }) => ({ orderId: order.orderId }))

  .step('payment', Payments.op.capture, ({ order }) => ({ paymentId: order.paymentId! }))
  .compensate(Payments.op.refund, ({ payment }) => ({ paymentId: payment.paymentId }))

  .pivot('stock', Inventory.op.commit, ({ order }) => ({ reservationId: order.reservationId! }))

  .retriable('announced', OrderBook.op.announceFulfilment, ({ order }) => ({ order }))
  .enqueue('news', Notifications.op.send, ({ order }) => fulfilledNews(order))
  .result(({ order }) => order);
