import { z } from 'zod';
import { canonicalJson } from '../canonical-json.js';

/** Whether no two values are the same on the wire: a `Set` holds two equal instants, and JSON twice the same text. */
export function areDistinct(schema: z.ZodType, values: readonly unknown[]): boolean {
  return new Set(values.map((value) => identityOf(schema, value))).size === values.length;
}

/** Only an object can be equal to another one and not the same. */
function identityOf(schema: z.ZodType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const encoding = z.safeEncode(schema, value as never);
  // What does not fit is told of for itself.
  return encoding.success ? canonicalJson(encoding.data) : value;
}
