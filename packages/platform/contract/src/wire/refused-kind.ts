import type { Refusal, Rule } from './refusal.js';

type Reason = Omit<Refusal, 'what'>;

const ONE_WAY: Reason = {
  why: 'it works in one direction only',
  remedy: 'Use z.codec(), which says how to come back.',
};
const SAYS_NOTHING: Reason = {
  why: 'it says nothing about what crosses the wire',
  remedy: 'Write the schema, or z.json() for any JSON.',
};
const UNDESCRIBED: Reason = { why: 'it has no JSON Schema', remedy: 'Describe its wire form with z.codec().' };
const notJson = (remedy: string): Reason => ({ why: 'it does not survive JSON', remedy });

/** Refused wherever they stand. */
const ANYWHERE: Record<string, Reason> = {
  transform: ONE_WAY,
  success: ONE_WAY,
  catch: { why: 'it hides a wrong value', remedy: 'Let the value be refused, or use .default() for a missing one.' },
  promise: notJson('Await it before.'),
};

/** Refused where JSON stands; on the value side of a codec they are what the codec is for. */
const ON_WIRE: Record<string, Reason> = {
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
  nan: notJson('Use .nullable().'),
  undefined: notJson('Use .optional() on a property, or .nullable().'),
  void: notJson('Leave input or output out.'),
};

/** Kinds of schema whose values JSON would change or drop. */
export const refusedKind: Rule = ({ def, side }) => {
  const reason = ANYWHERE[def.type] ?? (side === 'wire' ? ON_WIRE[def.type] : undefined);
  return reason && { what: `z.${def.type}()`, ...reason };
};
