import { Catalog } from '@macrolith/catalog';
import { workflow } from '@macrolith/core';
import { Fraud } from '@macrolith/fraud';
import { Inventory } from '@macrolith/inventory';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { OrderBook } from '../book/order-book.js';
import { Order, PlaceOrder } from '../index.js';
import { placedNews } from '../news.js';
import { mergeLines } from '../order-lines.js';
import { orderToScore } from '../suspicion.js';

/**
 * An order that an account pays: all in one transaction while its participants live in one process.
 *
 * Locks are taken in one order by all workflows: the order, then the account, then the stock. So two of them can wait for
 * one another, and never in a circle; and the rows that everybody wants, those of a product in demand, are locked last and
 * shortest. Stock is the last that may say no, which makes it the pivot: confirming cannot be refused.
 */
export const placeOrder = workflow('orders.place', { version: 2, input: PlaceOrder, output: Order })
  .read('quotes', Catalog.op.quote, ({ input }) => ({
    productIds: mergeLines(input.lines).map((line) => line.productId),
  }))

  .step('order', OrderBook.op.open, ({ input, quotes }) => ({ ...input, quotes }))
  .compensate(OrderBook.op.withdraw, ({ order }) => ({ orderId: order.orderId }))

  .read('risk', Fraud.op.scoreOrder, ({ order }) => orderToScore(order))
  .read('cleared', OrderBook.op.clear, ({ order, risk }) => ({ order, risk }))

  .step('payment', Payments.op.authorise, ({ order }) => ({
    orderId: order.orderId,
    method: { type: 'account' as const, accountId: order.accountId! },
    amount: order.total,
  }))
  .compensate(Payments.op.void, ({ payment }) => ({ paymentId: payment.paymentId }))

  .pivot('stock', Inventory.op.reserve, ({ order }) => ({
    orderId: order.orderId,
    lines: order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
  }))

  .retriable('placed', OrderBook.op.confirm, ({ order, payment, stock }) => ({
    order,
    paymentId: payment.paymentId,
    reservationId: stock.reservationId,
  }))
  .enqueue('news', Notifications.op.send, ({ placed }) => placedNews(placed))
  .result(({ placed }) => placed);
