/** Money taken and given back: the public API of payments. */
import {
  command,
  defineError,
  instant,
  integer,
  Money,
  Port,
  pageOf,
  pageRequest,
  query,
  task,
  z,
} from '@macrolith/contract';
import { Card, CardDeclined, CardMethod, CardsNotTaken, NotFromCardNetwork, Settlement } from './card/card.js';
import { paymentEvents } from './fulfilment/payment-events.js';
import { Reconciliation } from './reconciliation/reconciliation.js';

export {
  Card,
  CardDeclined,
  CardDeclineReason,
  CardMethod,
  CardsNotTaken,
  CardToken,
  NotFromCardNetwork,
  Settlement,
} from './card/card.js';
export { Difference, Reconciliation } from './reconciliation/reconciliation.js';

/** Whom the money belongs to, e.g. a customer's number. Case matters. */
export const AccountId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]*$/,
    'Use letters, digits, dots, underscores, colons and dashes; begin with a letter or digit.',
  );

/** Another system's name for something, such as an order or a bank statement's line. */
const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** The most that one operation moves: ten billion of a currency with two decimals. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000n;

/** Zero is allowed: an order of free goods is paid like any other. */
const AmountOrNothing = Money.extend({ amountMinor: integer({ min: 0n, max: MAX_AMOUNT_MINOR }) });

const Amount = Money.extend({ amountMinor: integer({ min: 1n, max: MAX_AMOUNT_MINOR }) });

/** Minor units of the payment's own currency. */
const PartMinor = integer({ min: 0n, max: MAX_AMOUNT_MINOR });

export const Account = z.object({
  accountId: AccountId,
  status: z.enum(['open', 'closed']),
  balance: Money.describe('What the account holds, with what is held for payments.'),
  held: Money.describe('The part of the balance that authorised payments have a claim on.'),
  available: Money.describe('What can still be spent: balance less held.'),
  limit: Money.optional().describe('The most that one payment may take.'),
  openedAt: instant(),
});
export type Account = z.output<typeof Account>;

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

/** No account has this id. */
export class AccountNotFound extends defineError(
  'payments.account-not-found',
  { accountId: AccountId },
  (e) => `There is no account ${e.accountId}.`,
  { kind: 'not-found' },
) {}

/** Another account has this id. */
export class AccountExists extends defineError(
  'payments.account-exists',
  { accountId: AccountId },
  (e) => `There is an account ${e.accountId} already.`,
  { kind: 'conflict' },
) {}

/** The account takes no more deposits. */
export class AccountClosed extends defineError(
  'payments.account-closed',
  { accountId: AccountId },
  (e) => `Account ${e.accountId} is closed. Use another account.`,
  { kind: 'conflict' },
) {}

/** The account has money in it, or holds some for payments: closed, nobody could spend it. It stays open. */
export class AccountNotEmpty extends defineError(
  'payments.account-not-empty',
  { accountId: AccountId, balance: Money, held: Money },
  (e) =>
    `Account ${e.accountId} has ${e.balance.amountMinor} minor units of ${e.balance.currency}, and holds ` +
    `${e.held.amountMinor} of them for payments. Close it when nothing is left.`,
  { kind: 'conflict' },
) {}

/** A deposit in another currency than the account's. Nothing was booked. */
export class CurrencyMismatch extends defineError(
  'payments.currency-mismatch',
  { accountId: AccountId, expected: z.string(), given: z.string() },
  (e) => `Account ${e.accountId} is kept in ${e.expected}, and ${e.given} was given. Convert it first.`,
  { kind: 'conflict' },
) {}

/** The reference was used before, for another amount. Nothing was booked. */
export class DepositConflict extends defineError(
  'payments.deposit-conflict',
  { accountId: AccountId, reference: Reference, booked: Money },
  (e) =>
    `Under ${e.reference}, ${e.booked.amountMinor} minor units of ${e.booked.currency} were deposited to ${e.accountId}. ` +
    'Give this deposit a reference of its own.',
  { kind: 'conflict' },
) {}

export const DeclineReason = z.enum(['insufficient-funds', 'over-limit', 'currency-mismatch', 'account-closed']);
export type DeclineReason = z.output<typeof DeclineReason>;

const DECLINED: Record<DeclineReason, string> = {
  'insufficient-funds': 'the account has too little money available',
  'over-limit': 'the amount is over the limit for one payment from this account',
  'currency-mismatch': 'the account is kept in another currency',
  'account-closed': 'the account is closed',
};

/** The account does not pay this amount. Nothing is held. */
export class PaymentDeclined extends defineError(
  'payments.payment-declined',
  { accountId: AccountId, reason: DeclineReason },
  (e) => `Account ${e.accountId} declined the payment: ${DECLINED[e.reason]}.`,
) {}

/** No payment has this id. */
export class PaymentNotFound extends defineError(
  'payments.payment-not-found',
  { paymentId: z.uuid() },
  (e) => `There is no payment ${e.paymentId}.`,
  { kind: 'not-found' },
) {}

/** A payment in this state does not allow what was asked. */
export class InvalidPaymentState extends defineError(
  'payments.invalid-payment-state',
  { paymentId: z.uuid(), state: PaymentStatus, action: z.enum(['capture', 'void', 'refund', 'reinstate']) },
  (e) => `Payment ${e.paymentId} is ${e.state}: ${e.action} is not possible any more.`,
  { kind: 'conflict' },
) {}

/** More was to be given back or held again than the payment has for it. */
export class AmountTooHigh extends defineError(
  'payments.amount-too-high',
  { paymentId: z.uuid(), requestedMinor: integer(), possibleMinor: integer() },
  (e) =>
    `Payment ${e.paymentId} allows at most ${e.possibleMinor} minor units, and ${e.requestedMinor} were asked for.`,
  { kind: 'conflict' },
) {}

const ThisPayment = z.object({ paymentId: z.uuid() });
const PartOfPayment = ThisPayment.extend({
  amountMinor: PartMinor.optional().describe(
    'A part, after which the payment goes on. If absent: all that is left, which ends it.',
  ),
});

/** What is younger is left out: it may be under way, and differ for that reason alone. */
const ReconcileCards = z.object({
  olderThanSeconds: z.int().min(0).max(86_400).optional().describe('Default: 60.'),
});

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
