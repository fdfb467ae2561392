import type { Money } from '@macrolith/contract';
import type { AccountRow } from './account.entity.js';
import type { CardPaymentRow } from './card/card-payment.entity.js';
import type { Account, Payment } from './index.js';
import type { PaymentRow } from './payment.entity.js';

/** The account as others see it. */
export function toAccount(row: AccountRow): Account {
  const money = moneyIn(row.currency);
  return {
    accountId: row.accountId,
    status: row.status,
    balance: money(row.balanceMinor),
    held: money(row.heldMinor),
    available: money(row.balanceMinor - row.heldMinor),
    ...(row.limitMinor === null ? {} : { limit: money(row.limitMinor) }),
    openedAt: row.openedAt,
  };
}

/** What a payment by card has beside what every payment has. */
export type CardPart = Pick<CardPaymentRow, 'token' | 'settlement'>;

/** The payment as others see it. @param card what it has when it is not made from an account */
export function toPayment(row: PaymentRow, card: CardPart | null | undefined): Payment {
  const money = moneyIn(row.currency);
  return {
    paymentId: row.paymentId,
    orderId: row.orderId,
    method:
      row.accountId === null ? { type: 'card', token: card!.token } : { type: 'account', accountId: row.accountId },
    status: row.status,
    authorised: money(row.authorisedMinor),
    voided: money(row.voidedMinor),
    captured: money(row.capturedMinor),
    refunded: money(row.refundedMinor),
    ...(card?.settlement ? { settlement: card.settlement } : {}),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function moneyIn(currency: string): (amountMinor: bigint) => Money {
  return (amountMinor) => ({ amountMinor, currency });
}
