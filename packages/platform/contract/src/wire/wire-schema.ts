import { z } from 'zod';
import { refuseUnwirable } from './wire-refusal.js';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };

/**
 * The JSON Schema of a schema's wire form: what `encode…` makes and `decode…` reads.
 *
 * @param subject whose schema it is, for the message: `Input of catalog.getProduct`
 * @throws TypeError when the schema has no faithful wire form; the message names each place, the reason and the remedy
 */
export function wireSchema(schema: z.ZodType, subject = 'This schema'): JsonSchema {
  refuseUnwirable(schema, subject);
  const { $schema: _, '~standard': __, ...json } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return json;
}
