import type { z } from 'zod';
import type { Rule } from './refusal.js';
import { refusedChangingDefault, refusedDefaultOfCodec } from './refused-default.js';
import { refusedKind } from './refused-kind.js';
import {
  refusedKey,
  refusedOptional,
  refusedPropertyName,
  refusedStrictObject,
  refusedUnion,
} from './refused-shape.js';
import { refusedAsyncCodec, refusedCoercion, refusedLiteral, refusedOverwrite } from './refused-value.js';
import { partsInside, type SchemaPart } from './schema-part.js';

const RULES: readonly Rule[] = [
  refusedKind,
  refusedCoercion,
  refusedOverwrite,
  refusedLiteral,
  refusedAsyncCodec,
  refusedOptional,
  refusedStrictObject,
  refusedPropertyName,
  refusedKey,
  refusedUnion,
  refusedDefaultOfCodec,
  refusedChangingDefault,
];

/**
 * Refuses a schema that has no faithful wire form: whatever passes, decoding gives back what was encoded.
 *
 * @throws TypeError naming each place, the reason and the remedy
 */
export function refuseUnwirable(schema: z.ZodType, subject: string): void {
  const faults = partsInside(schema).flatMap(faultsOf);
  if (faults.length === 0) return;
  throw new TypeError(`${subject} cannot cross a wire.\n  ${[...new Set(faults)].join('\n  ')}`);
}

function faultsOf(part: SchemaPart): string[] {
  const place = part.path === '' ? 'The whole' : part.path;
  return RULES.map((rule) => rule(part))
    .filter((refusal) => refusal !== undefined)
    .map(({ what, why, remedy }) => `${place}: ${what} is refused, because ${why}. ${remedy}`);
}
