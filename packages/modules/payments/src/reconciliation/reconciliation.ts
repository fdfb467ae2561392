import { instant, Money, z } from '@macrolith/contract';

/** What is younger is left out: it may be under way, and differ for that reason alone. */
export const ReconcileCards = z.object({
  olderThanSeconds: z.int().min(0).max(86_400).optional().describe('Default: 60.'),
});

/**
 * How our payments and the card network differ.
 * - `unknown-charge`: the network has an amount for a payment that does not exist here.
 * - `charged-twice`: the network has a second amount for one payment.
 * - `unanswered`: we do not know yet what a card answered.
 * - `held-in-vain`: the network holds or has taken what is not wanted here any more.
 * - `missing-charge`: we count on an amount that the network does not hold or has not taken.
 * - `wrong-amount`: both have an amount, and not the same.
 */
export const DifferenceKind = z.enum([
  'unknown-charge',
  'charged-twice',
  'unanswered',
  'held-in-vain',
  'missing-charge',
  'wrong-amount',
]);
export type DifferenceKind = z.output<typeof DifferenceKind>;

export const Difference = z.object({
  kind: DifferenceKind,
  paymentId: z.uuid().optional(),
  orderId: z.string().optional(),
  networkId: z.string().optional(),
  here: Money.optional().describe('What is held or was taken and not given back, as we know it.'),
  there: Money.optional().describe('The same as the network knows it.'),
  explanation: z.string(),
  mendable: z.boolean().describe('Whether `mendCards` mends it.'),
  since: instant(),
});
export type Difference = z.output<typeof Difference>;

export const Reconciliation = z.object({
  paymentsCompared: z.int(),
  chargesCompared: z.int(),
  differences: z.array(Difference).describe('The first thousand.'),
  complete: z.boolean().describe('Whether these are all.'),
});
export type Reconciliation = z.output<typeof Reconciliation>;
