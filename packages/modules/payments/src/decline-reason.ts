import type { DeclineReason } from './index.js';

/** What the rule needs to know of an account. Amounts in minor units of `currency`. */
export interface PayingAccount {
  readonly status: 'open' | 'closed';
  readonly currency: string;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  /** The most that one payment may take; `null` for no limit. */
  readonly limitMinor: bigint | null;
}

/** Why the account does not pay the amount; `undefined` when it does. The reason that lasts longest is told first. */
export function declineReason(
  account: PayingAccount,
  amount: { readonly amountMinor: bigint; readonly currency: string },
): DeclineReason | undefined {
  if (account.status === 'closed') return 'account-closed';
  if (account.currency !== amount.currency) return 'currency-mismatch';
  if (account.limitMinor !== null && amount.amountMinor > account.limitMinor) return 'over-limit';
  if (amount.amountMinor > account.balanceMinor - account.heldMinor) return 'insufficient-funds';
  return undefined;
}
