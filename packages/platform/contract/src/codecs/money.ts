import { z } from 'zod';
import { integer } from './integer.js';

/** The range of a signed 64-bit integer, which is what databases keep amounts in. */
const MAX_AMOUNT_MINOR = 2n ** 63n - 1n;

/** An amount of money. It may be negative; an operation that wants a positive one refines it. */
export const Money = z.object({
  /** In minor units of the currency: cents, pence, yen. */
  amountMinor: integer({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR }),
  /** ISO 4217 code: three upper-case letters. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'),
});
export type Money = z.output<typeof Money>;
