import type { Money } from '@macrolith/contract';
import type { AccountRow } from './account.entity.js';
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

/** The payment as others see it. */
export function toPayment(row: PaymentRow): Payment {
  const money = moneyIn(row.currency);
  return {
    paymentId: row.paymentId,
    orderId: row.orderId,
    method: { type: 'account', accountId: row.accountId },
    status: row.status,
    authorised: money(row.authorisedMinor),
    voided: money(row.voidedMinor),
    captured: money(row.capturedMinor),
    refunded: money(row.refundedMinor),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function moneyIn(currency: string): (amountMinor: bigint) => Money {
  return (amountMinor) => ({ amountMinor, currency });
}
