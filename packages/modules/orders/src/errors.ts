/** Why orders refuse. All of it is public. */
import { ProductId } from '@macrolith/catalog';
import { defineError, integer, z } from '@macrolith/contract';
import { OrderStatus } from './order.js';
import { CustomerId, OrderId, Reference } from './order-fields.js';

/** An order is paid from one account or by one card. Nothing was placed. */
export class OnePayerNeeded extends defineError(
  'orders.one-payer-needed',
  { payers: z.int() },
  (e) =>
    `An order is paid from an account or by a card, and ${e.payers === 0 ? 'neither' : 'both'} was given. Give one.`,
) {}

/** No order has this id. */
export class OrderNotFound extends defineError(
  'orders.order-not-found',
  { orderId: OrderId },
  (e) => `There is no order ${e.orderId}.`,
  { kind: 'not-found' },
) {}

/** Another order has this reference. Nothing was placed. */
export class OrderReferenceTaken extends defineError(
  'orders.reference-taken',
  { reference: Reference, orderId: OrderId },
  (e) => `Order ${e.orderId} has the reference ${e.reference} already.`,
  { kind: 'conflict' },
) {}

/** Products that are priced in different currencies cannot be paid together. */
export class MixedCurrencies extends defineError(
  'orders.mixed-currencies',
  { currencies: z.array(z.string()).min(2) },
  (e) => `The products are priced in ${e.currencies.join(' and ')}. Place one order per currency.`,
) {}

/** The order is larger than this system handles in one piece. */
export class OrderTooLarge extends defineError(
  'orders.order-too-large',
  { limit: integer(), what: z.enum(['pieces of one product', 'minor units in total']) },
  (e) => `An order has at most ${e.limit} ${e.what}. Split it.`,
) {}

/** The order's state does not allow it to be cancelled. */
export class OrderNotCancellable extends defineError(
  'orders.order-not-cancellable',
  { orderId: OrderId, state: OrderStatus },
  (e) => `Order ${e.orderId} is ${e.state} and cannot be cancelled.`,
  { kind: 'conflict' },
) {}

/** More was to be cancelled than the order still has of the product. Nothing was cancelled. */
export class LineNotCancellable extends defineError(
  'orders.line-not-cancellable',
  { orderId: OrderId, productId: ProductId, requested: z.int(), left: z.int() },
  (e) => `Order ${e.orderId} has ${e.left} of ${e.productId} left, and ${e.requested} were to be cancelled.`,
  { kind: 'conflict' },
) {}

/**
 * The order looks too much like fraud. Nothing was placed, and nobody was asked for money. Why is in the log of the shop and
 * not in here: whoever means harm would learn how to do it better.
 */
export class OrderSuspected extends defineError(
  'orders.order-suspected',
  { customerId: CustomerId },
  () => 'This order cannot be placed as it is. Please ask the shop.',
) {}

/** Only an order that is placed can be fulfilled. */
export class OrderNotFulfillable extends defineError(
  'orders.order-not-fulfillable',
  { orderId: OrderId, state: OrderStatus },
  (e) => `Order ${e.orderId} is ${e.state} and cannot be fulfilled.`,
  { kind: 'conflict' },
) {}

/** The order is fulfilled automatically, and that has begun: nobody fulfils it by hand or cancels a part of it meanwhile. */
export class OrderBeingFulfilled extends defineError(
  'orders.order-being-fulfilled',
  { orderId: OrderId },
  (e) => `Order ${e.orderId} is being fulfilled automatically. Cancel all of it, or wait until it is fulfilled.`,
  { kind: 'conflict' },
) {}

/** The order is in the middle of another change. Nothing was changed by this one. */
export class OrderChanging extends defineError(
  'orders.order-changing',
  { orderId: OrderId },
  (e) => `Order ${e.orderId} is being changed by somebody else. Try again in a moment.`,
  { kind: 'conflict' },
) {}
