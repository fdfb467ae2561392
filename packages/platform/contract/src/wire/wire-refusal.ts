import type { z } from 'zod';
import { partsInside, type SchemaPart } from './schema-part.js';

/** Why a kind of schema cannot cross a wire, and what to write instead. */
interface Refusal {
  why: string;
  remedy: string;
}

const ONE_WAY: Refusal = {
  why: 'it works in one direction only',
  remedy: 'Use z.codec(), which says how to come back.',
};
const SAYS_NOTHING: Refusal = {
  why: 'it says nothing about what crosses the wire',
  remedy: 'Write the schema, or z.json() for any JSON.',
};
const UNDESCRIBED: Refusal = { why: 'it has no JSON Schema', remedy: 'Describe its wire form with z.codec().' };
const notJson = (remedy: string): Refusal => ({ why: 'it does not survive JSON', remedy });

const LEFT_OUT: Refusal = {
  why: 'JSON can leave out nothing but a property of an object',
  remedy: 'Use .nullable(), or wrap it in an object.',
};
const COERCED: Refusal = { why: 'two callers would send two forms', remedy: 'Say which form crosses the wire.' };
const OVERWRITTEN: Refusal = {
  why: 'it changes the value on the way, so that local and remote calls would differ',
  remedy: 'Check with .regex() or .refine(), and let the caller or the provider change it.',
};

/** Refused wherever they stand. */
const REFUSED: Record<string, Refusal> = {
  transform: ONE_WAY,
  success: ONE_WAY,
  catch: { why: 'it hides a wrong value', remedy: 'Let the value be refused, or use .default() for a missing one.' },
  promise: notJson('Await it before.'),
};

/** Refused where JSON stands; on the value side of a codec they are what the codec is for. */
const REFUSED_ON_WIRE: Record<string, Refusal> = {
  any: SAYS_NOTHING,
  unknown: SAYS_NOTHING,
  custom: UNDESCRIBED,
  function: notJson('Send data.'),
  file: notJson('Use binary().'),
  date: notJson('Use instant().'),
  bigint: notJson('Use integer().'),
  map: notJson('Use mapOf().'),
  set: notJson('Use setOf().'),
  symbol: notJson('Use z.enum().'),
  nan: notJson('Use z.nullable().'),
  undefined: notJson('Use .optional() on a property, or .nullable().'),
  void: notJson('Leave input or output out.'),
};

/**
 * Refuses a schema that has no faithful wire form: whatever it lets through, decoding gives back what was encoded.
 *
 * @throws TypeError naming each place, the reason and the remedy
 */
export function refuseUnwirable(schema: z.ZodType, subject: string): void {
  const faults = [...partsInside(schema)].flatMap(faultsOf);
  if (faults.length === 0) return;
  throw new TypeError(`${subject} cannot cross a wire.\n  ${faults.join('\n  ')}`);
}

function faultsOf(part: SchemaPart): string[] {
  const { def } = part;
  const refusal = REFUSED[def.type] ?? (part.side === 'wire' ? REFUSED_ON_WIRE[def.type] : undefined);
  if (refusal) return [fault(part, `z.${def.type}()`, refusal)];
  return [
    ...(isMisplacedOptional(part) ? [fault(part, '.optional()', LEFT_OUT)] : []),
    ...(def.coerce === true ? [fault(part, 'z.coerce', COERCED)] : []),
    ...(overwrites(def) ? [fault(part, 'trim(), toLowerCase() or another overwrite', OVERWRITTEN)] : []),
    ...(isUnwirableLiteral(part)
      ? [fault(part, 'this z.literal()', notJson('Use strings, numbers, booleans or null.'))]
      : []),
  ];
}

function fault({ path }: SchemaPart, what: string, { why, remedy }: Refusal): string {
  return `${path === '' ? 'The whole' : path}: ${what} is refused, because ${why}. ${remedy}`;
}

function isMisplacedOptional({ def, side, mayBeLeftOut }: SchemaPart): boolean {
  return def.type === 'optional' && side === 'wire' && !mayBeLeftOut;
}

function overwrites({ checks }: SchemaPart['def']): boolean {
  return checks?.some((check: z.core.$ZodCheck) => check._zod.def.check === 'overwrite') ?? false;
}

function isUnwirableLiteral({ def, side }: SchemaPart): boolean {
  if (def.type !== 'literal' || side === 'value') return false;
  return !def.values.every(
    (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  );
}
