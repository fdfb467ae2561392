/** Why payments refuse. All of it is public. */
import { defineError, integer, Money, z } from '@macrolith/contract';
import { AccountId } from './account.js';
import { PaymentStatus, Reference } from './payment.js';

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
