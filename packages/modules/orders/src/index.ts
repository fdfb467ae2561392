/** What customers have ordered: the public API of orders. */
import { ProductDiscontinued, ProductNotFound } from '@macrolith/catalog';
import { command, event, instant, Money, Port, pageOf, pageRequest, query, z } from '@macrolith/contract';
import { OutOfStock } from '@macrolith/inventory';
import { AccountNotFound, CardDeclined, CardsNotTaken, PaymentDeclined } from '@macrolith/payments';
import {
  LineNotCancellable,
  MixedCurrencies,
  OnePayerNeeded,
  OrderBeingFulfilled,
  OrderChanging,
  OrderNotCancellable,
  OrderNotFound,
  OrderNotFulfillable,
  OrderReferenceTaken,
  OrderSuspected,
  OrderTooLarge,
} from './errors.js';
import {
  Cancellation,
  CancelOrder,
  Fulfilment,
  MAX_LINES,
  Order,
  OrderStatus,
  OrderSummary,
  PlaceOrder,
  SoldLine,
} from './order.js';
import { Country, CustomerId, OrderId, Reference } from './order-fields.js';
import { OrderReconciliation, ReconcileOrders } from './reconciliation/order-reconciliation.js';
import { OrderStory } from './story/order-story.js';

export * from './errors.js';
export * from './order.js';
export { OrderDifference, OrderReconciliation } from './reconciliation/order-reconciliation.js';
export type { Handling, OrderStory, StoryEntry } from './story/order-story.js';

/** What every event of an order tells of it. Events from before these fields were there lack them. */
const SoldOrder = z.object({
  orderId: OrderId,
  customerId: CustomerId,
  country: Country.optional(),
  placedAt: instant().optional(),
  fulfilment: Fulfilment.optional().describe('By hand, if absent.'),
});

/** What customers have ordered. */
export abstract class Orders extends Port({
  name: 'orders',
  version: '0.1.0',
  operations: {
    /**
     * Prices the lines, asks whether it looks like fraud, holds the money, keeps the stock and writes the order: all of it or
     * nothing. With a card it takes several transactions, since the card network is asked in between; the order is `pending`
     * meanwhile.
     */
    place: command({
      input: PlaceOrder,
      output: Order,
      errors: [
        ProductNotFound,
        ProductDiscontinued,
        OutOfStock,
        AccountNotFound,
        PaymentDeclined,
        CardDeclined,
        CardsNotTaken,
        OnePayerNeeded,
        OrderReferenceTaken,
        MixedCurrencies,
        OrderTooLarge,
        OrderSuspected,
      ],
    }),
    /**
     * Takes the order back, or some of its lines. Before it is fulfilled, the stock is free again and the money is no longer
     * held; afterwards the money is given back, and the warehouse receives the goods when they arrive.
     */
    cancel: command({
      input: CancelOrder,
      output: Order,
      errors: [OrderNotFound, OrderNotCancellable, LineNotCancellable, OrderBeingFulfilled, OrderChanging],
    }),
    /** The goods leave the house and the money is taken. */
    fulfil: command({
      input: z.object({ orderId: OrderId }),
      output: Order,
      errors: [OrderNotFound, OrderNotFulfillable, OrderBeingFulfilled, OrderChanging],
      permission: 'orders.fulfil',
    }),
    /** The order as it is now. */
    getOrder: query({ input: z.object({ orderId: OrderId }), output: Order, errors: [OrderNotFound] }),
    /** All that followed from the order: what the modules told, who took it, what failed. */
    getStory: query({ input: z.object({ orderId: OrderId }), output: OrderStory, errors: [OrderNotFound] }),
    /** Orders, the newest first, to the millisecond. */
    listOrders: query({
      input: pageRequest().extend({
        cursor: OrderId.optional(),
        customerId: CustomerId.optional(),
        status: OrderStatus.optional(),
        reference: Reference.optional(),
      }),
      output: pageOf(OrderSummary),
    }),
    /** Compares orders with their payments, both ways: no order without its money, no money without its order. */
    reconcile: query({ input: ReconcileOrders, output: OrderReconciliation }),
    /** Lets go what is held for orders that do not exist, and answers what differed before. */
    mend: command({
      input: ReconcileOrders,
      output: OrderReconciliation,
      external: true,
      permission: 'orders.mend',
    }),
  },
  events: {
    /** An order was placed: stock is kept and the amount is held. */
    orderPlaced: event({
      data: SoldOrder.extend({ lines: z.array(SoldLine).min(1).max(MAX_LINES), total: Money }),
      key: (e) => e.orderId,
    }),
    /** Some or all of an order was cancelled. `status` tells whether anything is left, `lines` what the cancelled pieces cost. */
    orderCancelled: event({
      data: SoldOrder.extend({
        status: OrderStatus,
        cancellation: Cancellation,
        lines: z.array(SoldLine).optional(),
        fulfilledAt: instant().optional().describe('When the goods had left, if they had.'),
      }),
      key: (e) => e.orderId,
    }),
    /** The goods of an order have left the house. */
    orderFulfilled: event({
      data: SoldOrder.extend({ total: Money }),
      key: (e) => e.orderId,
    }),
  },
}) {}
