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
 * An order that a card pays. No transaction can hold what a card network does, so the run is cut there: the order is written
 * and its stock kept, then the card is asked, then the order is placed. The card is asked last: whatever else may say no has
 * said yes, so a card is never charged for what cannot be had, and its yes is the point of no return.
 */
export const placeCardOrder = workflow('orders.place-by-card', { version: 2, input: PlaceOrder, output: Order })
  .read('quotes', Catalog.op.quote, ({ input }) => ({
    productIds: mergeLines(input.lines).map((line) => line.productId),
  }))

  .step('order', OrderBook.op.open, ({ input, quotes }) => ({ ...input, quotes }))
  .compensate(OrderBook.op.withdraw, ({ order }) => ({ orderId: order.orderId }))

  .read('risk', Fraud.op.scoreOrder, ({ order }) => orderToScore(order))
  .read('cleared', OrderBook.op.clear, ({ order, risk }) => ({ order, risk }))

  .step('stock', Inventory.op.reserve, ({ order }) => ({
    orderId: order.orderId,
    lines: order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
  }))
  .compensate(Inventory.op.release, ({ stock }) => ({ reservationId: stock.reservationId }))

  .pivot('payment', Payments.op.authoriseCard, ({ order }) => ({
    orderId: order.orderId,
    card: { type: 'card' as const, token: order.card!.token },
    amount: order.total,
  }))

  .retriable('placed', OrderBook.op.confirm, ({ order, payment, stock }) => ({
    order,
    paymentId: payment.paymentId,
    reservationId: stock.reservationId,
  }))
  .enqueue('news', Notifications.op.send, ({ placed }) => placedNews(placed))
  .result(({ placed }) => placed);
