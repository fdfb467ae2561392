/** Whom money belongs to, and how much of it. All of it is public. */
import { instant, Money, z } from '@macrolith/contract';

/** Whom the money belongs to, e.g. a customer's number. Case matters. */
export const AccountId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]*$/,
    'Use letters, digits, dots, underscores, colons and dashes; begin with a letter or digit.',
  );

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
