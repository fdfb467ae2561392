/** Money taken and given back: the public API of payments. */
import { command, integer, Money, Port, pageOf, pageRequest, query, task, z } from '@macrolith/contract';
import { Account, AccountId } from './account.js';
import { Card, CardDeclined, CardMethod, CardsNotTaken, NotFromCardNetwork } from './card/card.js';
import {
  AccountClosed,
  AccountExists,
  AccountNotEmpty,
  AccountNotFound,
  AmountTooHigh,
  CurrencyMismatch,
  DepositConflict,
  InvalidPaymentState,
  PaymentDeclined,
  PaymentNotFound,
} from './errors.js';
import { paymentEvents } from './fulfilment/payment-events.js';
import {
  AccountMethod,
  Amount,
  AmountOrNothing,
  MAX_AMOUNT_MINOR,
  MAX_VOIDED_AT_ONCE,
  PartOfPayment,
  Payment,
  Reference,
  ThisPayment,
} from './payment.js';
import { ReconcileCards, Reconciliation } from './reconciliation/reconciliation.js';

export * from './account.js';
export * from './card/card.js';
export * from './errors.js';
export { AccountMethod, MAX_AMOUNT_MINOR, Payment, PaymentMethod, PaymentStatus } from './payment.js';
export { Difference, Reconciliation } from './reconciliation/reconciliation.js';

/** Money taken and given back. */
export abstract class Payments extends Port({
  name: 'payments',
  version: '0.1.0',
  operations: {
    /** Opens an account with nothing in it. */
    openAccount: command({
      input: z.object({
        accountId: AccountId,
        currency: Money.shape.currency,
        limitMinor: integer({ min: 1n, max: MAX_AMOUNT_MINOR })
          .optional()
          .describe('The most that one payment may take, in minor units. No limit, if absent.'),
      }),
      output: Account,
      errors: [AccountExists],
      permission: 'payments.keep-accounts',
    }),
    /** Ends deposits to and new payments from an account with nothing in it. Once more changes nothing. */
    closeAccount: command({
      input: z.object({ accountId: AccountId }),
      output: Account,
      errors: [AccountNotFound, AccountNotEmpty],
      permission: 'payments.keep-accounts',
    }),
    /** Money came in. Acts once per account and `reference`: the same deposit sent again answers the account as it is now. */
    deposit: command({
      input: z.object({ accountId: AccountId, amount: Amount, reference: Reference }),
      output: Account,
      errors: [AccountNotFound, AccountClosed, CurrencyMismatch, DepositConflict],
      permission: 'payments.keep-accounts',
    }),
    /** The account as it is now. */
    getAccount: query({ input: z.object({ accountId: AccountId }), output: Account, errors: [AccountNotFound] }),
    /** Accounts in the order of their ids. */
    listAccounts: query({ input: pageRequest(), output: pageOf(Account) }),
    /** Holds the amount on an account for an order, or declines. */
    authorise: command({
      input: z.object({ orderId: Reference, method: AccountMethod, amount: AmountOrNothing }),
      output: z.object({ paymentId: z.uuid() }),
      errors: [AccountNotFound, PaymentDeclined],
    }),
    /**
     * Holds the amount on a card for an order, or declines. It asks the card network, which no transaction can take back: the
     * same idempotency key is the same payment, whatever crashed in between.
     */
    authoriseCard: command({
      input: z.object({ orderId: Reference, card: CardMethod, amount: AmountOrNothing }),
      output: z.object({ paymentId: z.uuid() }),
      errors: [CardDeclined, CardsNotTaken],
      external: true,
    }),
    /** Takes all that is held. Of a card, the card network is told afterwards; so it is of `void` and `refund`. */
    capture: command({ input: ThisPayment, output: Payment, errors: [PaymentNotFound, InvalidPaymentState] }),
    /** Holds less; without an amount, nothing any more. */
    void: command({
      input: PartOfPayment,
      output: Payment,
      errors: [PaymentNotFound, InvalidPaymentState, AmountTooHigh],
    }),
    /**
     * Holds nothing any more of those payments that are authorised, all at once, and answers which those were. What has ended or
     * was captured is left as it is, and so is what does not exist: once more changes nothing.
     */
    voidHeld: command({
      input: z.object({ paymentIds: z.array(z.uuid()).max(MAX_VOIDED_AT_ONCE) }),
      output: z.object({ paymentIds: z.array(z.uuid()) }),
    }),
    /**
     * Holds again what `void` let go: takes it back. Declined when the money was spent meanwhile; a card that was let go as a
     * whole cannot be held again once the card network was told.
     */
    reinstate: command({
      input: PartOfPayment,
      output: Payment,
      errors: [PaymentNotFound, InvalidPaymentState, AmountTooHigh, PaymentDeclined],
    }),
    /** Gives back what was taken, or a part of it. */
    refund: command({
      input: PartOfPayment,
      output: Payment,
      errors: [PaymentNotFound, InvalidPaymentState, AmountTooHigh],
    }),
    /** The payment as it is now. */
    getPayment: query({ input: ThisPayment, output: Payment, errors: [PaymentNotFound] }),
    /** Payments, the newest first, to the millisecond. */
    listPayments: query({
      input: pageRequest().extend({
        cursor: z.uuid().optional(),
        accountId: AccountId.optional(),
        orderId: Reference.optional(),
        orderIds: z.array(Reference).max(100).optional().describe('Of any of these orders.'),
        method: z.enum(['account', 'card']).optional(),
      }),
      output: pageOf(Payment),
    }),
    /** Keeps a card, to be paid with again; or gives a kept one another label. */
    keepCard: command({ input: Card, output: Card, errors: [CardsNotTaken] }),
    /** Whether cards are taken, and the first hundred that are kept, by label. */
    listCards: query({ output: z.object({ taken: z.boolean(), cards: z.array(Card) }) }),
    /** Tells the card network what was decided about a payment and is not done there yet. Once more changes nothing. */
    settleCard: task({ input: ThisPayment }),
    /** The card network tells what it did, signed. The same news once more changes nothing. */
    hearCardNetwork: command({
      input: z.object({
        id: z.string().max(256),
        timestamp: z.string().max(20),
        signature: z.string().max(1024),
        body: z.string().max(100_000).describe('As it came: the signature covers its bytes.'),
      }),
      errors: [NotFromCardNetwork],
    }),
    /** Compares payments by card with what the card network knows, both ways. It changes nothing. */
    reconcileCards: query({ input: ReconcileCards, output: Reconciliation }),
    /** Mends what is unambiguous, and answers what differed before. What it cannot mend stays for people. */
    mendCards: command({
      input: ReconcileCards,
      output: Reconciliation,
      external: true,
      permission: 'payments.mend',
    }),
  },
  events: paymentEvents,
}) {}
