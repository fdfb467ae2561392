/** What an order is, and what is given to place one or to take it back. All of it is public. */
import { ProductId } from '@macrolith/catalog';
import { instant, Money, z } from '@macrolith/contract';
import { AccountId, CardToken, MAX_AMOUNT_MINOR } from '@macrolith/payments';
import { Country, CustomerId, OrderId, Reason, Reference } from './order-fields.js';

/** Whole pieces of one line. */
export const MAX_QUANTITY = 1_000_000;
export const MAX_LINES = 1000;

/** The most that one order may cost, in minor units. */
export const MAX_TOTAL_MINOR = MAX_AMOUNT_MINOR;

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
