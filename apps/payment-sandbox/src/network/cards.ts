/** Why a card does not pay. */
export const DECLINE_REASONS = [
  'insufficient-funds',
  'limit-exceeded',
  'card-expired',
  'card-blocked',
  'not-honoured',
  'unknown-card',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** What the token `tok_visa_over_limit` pays at most, in minor units. */
export const LIMIT_MINOR = 10_000n;

const OUTCOMES: ReadonlyMap<string, DeclineReason | 'pays'> = new Map([
  ['tok_visa_4242', 'pays'],
  ['tok_mastercard_4444', 'pays'],
  ['tok_visa_no_funds_9995', 'insufficient-funds'],
  ['tok_visa_expired_0069', 'card-expired'],
  ['tok_visa_blocked_9979', 'card-blocked'],
  ['tok_visa_not_honoured_0002', 'not-honoured'],
]);

/** Pays what does not go over `LIMIT_MINOR`. */
const LIMITED = 'tok_visa_limited_0127';

/**
 * Why the card behind a token does not pay the amount; `undefined` when it does. There are no cards here, and no card
 * numbers: a token stands for an outcome.
 */
export function declineReason(token: string, amountMinor: bigint): DeclineReason | undefined {
  if (token === LIMITED) return amountMinor > LIMIT_MINOR ? 'limit-exceeded' : undefined;
  const outcome = OUTCOMES.get(token) ?? 'unknown-card';
  return outcome === 'pays' ? undefined : outcome;
}
