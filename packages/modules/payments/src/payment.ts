/** What a payment is, how it is made, and what it may move. */
import { instant, integer, Money, z } from '@macrolith/contract';
import { AccountId } from './account.js';
import { CardMethod, Settlement } from './card/card.js';

/** Another system's name for something, such as an order or a bank statement's line. */
export const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** The most that one operation moves: ten billion of a currency with two decimals. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000n;

/** The most payments that one operation changes. */
export const MAX_VOIDED_AT_ONCE = 1000;

/** Zero is allowed: an order of free goods is paid like any other. */
export const AmountOrNothing = Money.extend({ amountMinor: integer({ min: 0n, max: MAX_AMOUNT_MINOR }) });

export const Amount = Money.extend({ amountMinor: integer({ min: 1n, max: MAX_AMOUNT_MINOR }) });

/** Minor units of the payment's own currency. */
export const PartMinor = integer({ min: 0n, max: MAX_AMOUNT_MINOR });

/** An account that somebody pays from. */
export const AccountMethod = z.object({ type: z.literal('account'), accountId: AccountId });
export type AccountMethod = z.output<typeof AccountMethod>;

/** How a payment is made. */
export const PaymentMethod = z.discriminatedUnion('type', [
  AccountMethod.describe('From the balance of an account.'),
  CardMethod.describe('By a card, through the card network.'),
]);
export type PaymentMethod = z.output<typeof PaymentMethod>;

/**
 * - `authorising`: a card was asked, and its answer is not known yet.
 * - `authorised`: the amount is held on the account or card, but for what was voided.
 * - `captured`: the money was taken; some of it may have been given back.
 * - `voided`: ended, nothing is held any more and nothing was taken.
 * - `refunded`: ended, all that was taken was given back.
 * - `declined`: ended, the card did not pay.
 */
export const PaymentStatus = z.enum(['authorising', 'authorised', 'captured', 'voided', 'refunded', 'declined']);
export type PaymentStatus = z.output<typeof PaymentStatus>;

export const Payment = z.object({
  paymentId: z.uuid(),
  orderId: Reference,
  method: PaymentMethod,
  status: PaymentStatus,
  authorised: Money.describe('What was asked for.'),
  voided: Money.describe('The part that is no longer held, and was never taken.'),
  captured: Money.describe('What was taken.'),
  refunded: Money.describe('The part of what was taken that was given back.'),
  settlement: Settlement.optional().describe(
    'Of a card: whether the card network has done what was decided here since it was authorised.',
  ),
  createdAt: instant(),
  updatedAt: instant(),
});
export type Payment = z.output<typeof Payment>;

export const ThisPayment = z.object({ paymentId: z.uuid() });
export const PartOfPayment = ThisPayment.extend({
  amountMinor: PartMinor.optional().describe(
    'A part, after which the payment goes on. If absent: all that is left, which ends it.',
  ),
});
