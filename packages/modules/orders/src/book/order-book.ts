import { Quote } from '@macrolith/catalog';
import { command, Port, query, z } from '@macrolith/contract';
import { FraudScore } from '@macrolith/fraud';
import {
  Cancellation,
  CancelOrder,
  Fulfilment,
  LineNotCancellable,
  MixedCurrencies,
  Order,
  OrderBeingFulfilled,
  OrderChanging,
  OrderNotCancellable,
  OrderNotFound,
  OrderNotFulfillable,
  OrderReferenceTaken,
  OrderSuspected,
  OrderTooLarge,
  PlaceOrder,
} from '../index.js';

const ThisOrder = z.object({ orderId: z.uuid() });

/** Where an order can be cancelled from: the money is voided in the one, refunded in the other. */
const CancellableStatus = z.enum(['placed', 'fulfilled']);

/** The module's own steps of its workflows. Not in the public index, and never remote. */
export abstract class OrderBook extends Port({
  name: 'orders.book',
  version: '0.1.0',
  operations: {
    /** Writes an order that nobody has confirmed yet. */
    open: command({
      input: PlaceOrder.extend({ quotes: z.array(Quote) }),
      output: Order,
      errors: [MixedCurrencies, OrderTooLarge, OrderReferenceTaken],
    }),
    /** Takes `open` back: removes the order. */
    withdraw: command({ input: ThisOrder }),
    /** Lets an order go on that does not look too much like fraud, and answers its score. */
    clear: query({
      input: z.object({ order: Order, risk: FraudScore }),
      output: FraudScore.shape.score,
      errors: [OrderSuspected],
    }),
    /** The order is paid and its stock is kept: it is placed, and the world may know. */
    confirm: command({
      input: z.object({ order: Order, paymentId: z.uuid(), reservationId: z.uuid() }),
      output: Order,
    }),
    /** Strikes lines off an order, which must be in the status `from`. Until it is announced, nobody else changes the order. */
    strike: command({
      input: CancelOrder.extend({
        from: CancellableStatus,
        leavesToOthers: z
          .boolean()
          .optional()
          .describe('Whoever moved money or goods hears of it and takes that back. So an automatic order ends.'),
      }),
      output: z.object({
        order: Order,
        cancellation: Cancellation,
        whole: z.boolean().describe('Whether nothing is left.'),
      }),
      errors: [OrderNotFound, OrderNotCancellable, LineNotCancellable, OrderBeingFulfilled, OrderChanging],
    }),
    /** Takes a `strike` back. */
    restore: command({ input: ThisOrder.extend({ number: z.int(), status: CancellableStatus }) }),
    /** Money and stock have followed: the world may know of the cancellation. */
    announceCancellation: command({ input: z.object({ order: Order, cancellation: Cancellation }) }),
    /**
     * Marks a placed order as fulfilled, in the way that it is to be fulfilled: by hand, if absent. Until it is announced,
     * nobody else changes the order.
     */
    fulfil: command({
      input: ThisOrder.extend({ fulfilment: Fulfilment.optional() }),
      output: Order,
      errors: [OrderNotFound, OrderNotFulfillable, OrderBeingFulfilled, OrderChanging],
    }),
    /** Takes `fulfil` back. */
    reopen: command({ input: ThisOrder }),
    /** Money and stock have followed: the world may know of the fulfilment. */
    announceFulfilment: command({ input: z.object({ order: Order }) }),
  },
}) {}
