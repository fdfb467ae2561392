import type { FraudScore, OrderToScore } from './index.js';

/** One thing that speaks against an order, and how much. */
interface Rule {
  readonly reason: string;
  readonly holds: (order: OrderToScore) => boolean;
  /** Points by who pays: what an account pays is paid by somebody whom the shop knows. */
  readonly points: Readonly<Record<OrderToScore['payer'], number>>;
}

/** In minor units of whichever currency: 10,000.00 of most. */
const LARGE_TOTAL_MINOR = 1_000_000n;
const MANY_PIECES = 1_000;

const RULES: readonly Rule[] = [
  {
    reason: 'large-total',
    holds: ({ total }) => total.amountMinor >= LARGE_TOTAL_MINOR,
    points: { account: 15, card: 50 },
  },
  { reason: 'many-pieces', holds: ({ pieces }) => pieces >= MANY_PIECES, points: { account: 15, card: 30 } },
  { reason: 'no-country', holds: ({ country }) => country === undefined, points: { account: 5, card: 10 } },
];

/** Adds up what speaks against the order. */
export function scoreOf(order: OrderToScore): FraudScore {
  const broken = RULES.filter((rule) => rule.holds(order));
  const points = broken.reduce((sum, rule) => sum + rule.points[order.payer], 0);
  return { score: Math.min(points, 100), reasons: broken.map(({ reason }) => reason) };
}
