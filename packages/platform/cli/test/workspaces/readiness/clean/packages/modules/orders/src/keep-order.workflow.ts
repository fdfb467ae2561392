import { workflow } from '@shop/core';
import { Payments } from '@shop/payments';
import { Stock } from '@shop/stock';

/** Durable today, since stock is elsewhere. */
export const keepOrder = workflow('orders.keep', { version: 1 })
  .step('stock', Stock.op.keep, ({ input }) => input)
  .compensate(Stock.op.keep, ({ stock }) => stock)
  .pivot('payment', Payments.op.charge, ({ input }) => input)
  .result(({ payment }) => payment);
