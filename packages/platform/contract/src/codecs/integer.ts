import { z } from 'zod';

/** Bounded, because reading a decimal number takes time that grows with the square of its length. */
const MAX_DIGITS = 1_000;
const DECIMAL = new RegExp(`^(0|-?[1-9][0-9]{0,${MAX_DIGITS - 1}})$`);

/** Bounds of an integer, both inclusive. */
export interface IntegerRange {
  min?: bigint;
  max?: bigint;
}

/**
 * A whole number of up to 1,000 digits: decimal digits in a string on the wire, a `bigint` in code.
 * For numbers that are safe in every JSON reader (below 2^53) `z.int()` is simpler.
 */
export const integer = ({ min, max }: IntegerRange = {}) => {
  let value = z.bigint();
  if (min !== undefined) value = value.min(min);
  if (max !== undefined) value = value.max(max);
  return z.codec(z.string().regex(DECIMAL, 'must be a whole number in decimal digits'), value, {
    decode: (digits) => BigInt(digits),
    encode: (number) => number.toString(),
  });
};
