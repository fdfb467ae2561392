import { workflow } from '@shop/core';
import { Payments } from '@shop/payments';
import { OrderBook } from './order-book.js';

export const payOrder = workflow('orders.pay', { version: 1 })
  .step('order', OrderBook.op.open, ({ input }) => input)
  .compensate(OrderBook.op.close, ({ order }) => order)
  .pivot('payment', Payments.op.charge, ({ order }) => order)
  .result(({ order }) => order);

export const askOrder = workflow('orders.ask', { version: 1 })
  .pivot('asked', Payments.op.askNetwork, ({ input }) => input)
  .enqueue('reminder', Payments.op.remind, ({ input }) => input)
  .result(({ asked }) => asked);
