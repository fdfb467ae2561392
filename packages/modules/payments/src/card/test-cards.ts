import type { CardDeclineReason } from './card.js';

/** What the test cards do, here as at the sandbox's card network: pay, or decline for a reason. */
const OUTCOMES: ReadonlyMap<string, CardDeclineReason | 'pays'> = new Map([
  ['tok_visa_4242', 'pays'],
  ['tok_mastercard_4444', 'pays'],
  ['tok_visa_no_funds_9995', 'insufficient-funds'],
  ['tok_visa_expired_0069', 'card-expired'],
  ['tok_visa_blocked_9979', 'card-blocked'],
  ['tok_visa_not_honoured_0002', 'not-honoured'],
]);

/** Pays up to 100.00, and declines what is more. */
const LIMITED = 'tok_visa_limited_0127';
const LIMIT_MINOR = 10_000n;

/** Why a test card does not pay the amount; `undefined` when it does. */
export function testCardDeclines(token: string, amountMinor: bigint): CardDeclineReason | undefined {
  if (token === LIMITED) return amountMinor > LIMIT_MINOR ? 'limit-exceeded' : undefined;
  const outcome = OUTCOMES.get(token) ?? 'unknown-card';
  return outcome === 'pays' ? undefined : outcome;
}
