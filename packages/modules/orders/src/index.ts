/** What customers have ordered: the public API of orders. */
import { ProductDiscontinued, ProductId, ProductNotFound } from '@macrolith/catalog';
import {
  command,
  defineError,
  event,
  instant,
  integer,
  Money,
  Port,
  pageOf,
  pageRequest,
  query,
  z,
} from '@macrolith/contract';
import { OutOfStock } from '@macrolith/inventory';
import {
  AccountId,
  AccountNotFound,
  CardDeclined,
  CardsNotTaken,
  CardToken,
  MAX_AMOUNT_MINOR,
  PaymentDeclined,
} from '@macrolith/payments';
import { OrderReconciliation, ReconcileOrders } from './reconciliation/order-reconciliation.js';
import { OrderStory } from './story/order-story.js';

export { OrderDifference, OrderReconciliation } from './reconciliation/order-reconciliation.js';
export type { Handling, OrderStory, StoryEntry } from './story/order-story.js';

const CustomerId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@-]*$/,
    'Use letters, digits, dots, underscores, colons, @ and dashes; begin with a letter or digit.',
  );

/** The customer's own number for the order, e.g. an invoice number. No two orders have the same. */
const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** One paragraph of plain text. */
const Reason = z
  .string()
  .max(500)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** Where the goods go, as the customer writes it. */
const Country = z
  .string()
  .max(64)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** Whole pieces of one line. */
export const MAX_QUANTITY = 1_000_000;
export const MAX_LINES = 1000;

const OrderId = z.uuid();

/** A card that an order is paid by. */
const PayingCard = z.object({ token: CardToken });

export const WantedLine = z.object({ productId: ProductId, quantity: z.int().min(1).max(MAX_QUANTITY) });
export type WantedLine = z.output<typeof WantedLine>;

const WantedLines = z.array(WantedLine).min(1).max(MAX_LINES);

/**
 * - `pending`: written, and not yet confirmed by the fraud score, stock and payment. Nobody sees it while those live in the
 *   same process and no card is asked.
 * - `placed`: stock is kept and the amount is held.
 * - `fulfilled`: the goods have left the house and the money was taken.
 * - `cancelled`: nothing of it is left.
 */
export const OrderStatus = z.enum(['pending', 'placed', 'fulfilled', 'cancelled']);
export type OrderStatus = z.output<typeof OrderStatus>;

/**
 * - `manual`: somebody says when it is fulfilled.
 * - `automatic`: payments, inventory and shipping fulfil it one after the other, each when it hears of the one before. What
 *   one of them cannot do takes back what the others did, and cancels the order.
 */
export const Fulfilment = z.enum(['manual', 'automatic']);
export type Fulfilment = z.output<typeof Fulfilment>;

export const OrderLine = z.object({
  productId: ProductId,
  name: z.string().describe('What the product was called when it was ordered.'),
  quantity: z.int().min(1).describe('Pieces that were ordered.'),
  cancelled: z.int().min(0).describe('Those of them that were cancelled.'),
  unitPrice: Money.describe('What one piece cost when it was ordered.'),
  total: Money.describe('Unit price times the pieces that were not cancelled.'),
});
export type OrderLine = z.output<typeof OrderLine>;

/**
 * Pieces of one product in an event: a reader of events needs to ask nobody what they were and what they cost. Events from
 * before these fields were there have the product and the pieces alone.
 */
export const SoldLine = WantedLine.extend({
  name: z.string().optional().describe('What the product was called when it was ordered.'),
  unitPrice: Money.optional().describe('What one piece cost when it was ordered.'),
  total: Money.optional().describe('Unit price times these pieces.'),
});
export type SoldLine = z.output<typeof SoldLine>;

/** What every event of an order tells of it. Events from before these fields were there lack them. */
const SoldOrder = z.object({
  orderId: OrderId,
  customerId: CustomerId,
  country: Country.optional(),
  placedAt: instant().optional(),
  fulfilment: Fulfilment.optional().describe('By hand, if absent.'),
});

export const Cancellation = z.object({
  number: z.int().min(1).describe('Counts the cancellations of one order, from 1.'),
  lines: WantedLines.describe('What was cancelled.'),
  amount: Money.describe('What the customer does not pay, or gets back.'),
  reason: Reason.optional(),
  cancelledAt: instant(),
});
export type Cancellation = z.output<typeof Cancellation>;

export const OrderSummary = z.object({
  orderId: OrderId,
  reference: Reference.optional(),
  customerId: CustomerId,
  accountId: AccountId.optional().describe('Who pays, where an account does.'),
  card: PayingCard.optional().describe('What pays, where a card does.'),
  status: OrderStatus,
  total: Money.describe('What the customer pays: the sum of all lines, without what was cancelled.'),
  placedAt: instant(),
});
export type OrderSummary = z.output<typeof OrderSummary>;

export const Order = OrderSummary.extend({
  email: z.string().optional(),
  country: Country.optional(),
  fulfilment: Fulfilment,
  lines: z.array(OrderLine),
  cancellations: z.array(Cancellation),
  paymentId: z.uuid().optional(),
  reservationId: z.uuid().optional(),
  fulfilledAt: instant().optional(),
});
export type Order = z.output<typeof Order>;

export const PlaceOrder = z.object({
  customerId: CustomerId,
  accountId: AccountId.optional().describe('Who pays: an account, or else a card.'),
  card: PayingCard.optional(),
  email: z.email().max(254).optional().describe('Where the news of the order goes.'),
  country: Country.optional().describe('Where the goods go.'),
  reference: Reference.optional(),
  fulfilment: Fulfilment.optional().describe('By hand, if absent.'),
  lines: WantedLines.describe('Several lines of one product count as their sum.'),
});
export type PlaceOrder = z.output<typeof PlaceOrder>;

export const CancelOrder = z.object({
  orderId: OrderId,
  lines: WantedLines.optional().describe('All that is left, if absent.'),
  reason: Reason.optional(),
});
export type CancelOrder = z.output<typeof CancelOrder>;

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
    /** All that followed from the order: what the modules of this process told, who took it, what failed. */
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

/** The most that one order may cost, in minor units. */
export const MAX_TOTAL_MINOR = MAX_AMOUNT_MINOR;
