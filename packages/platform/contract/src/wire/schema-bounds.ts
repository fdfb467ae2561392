import type { z } from 'zod';

/** What a schema asks of a value beyond its kind. */
export interface Bounds {
  /** Of a number itself; of a string or a list, of its length. */
  readonly ranges: readonly { readonly operator: '<' | '<=' | '>' | '>=' | '==='; readonly limit: number }[];
  readonly patterns: readonly RegExp[];
  readonly isInteger: boolean;
}

type CheckDef = { readonly check?: string; readonly format?: string; readonly [member: string]: any };

/** Formats that are a pattern and nothing else. */
const PATTERNED: ReadonlySet<string> = new Set(['regex', 'datetime', 'date', 'time', 'uuid', 'email']);

/** `undefined` where some check is of another kind than those told here: a refinement, for instance, is code of its own. */
export function boundsOf(schema: z.core.$ZodType): Bounds | undefined {
  const def = schema._zod.def as unknown as CheckDef & { readonly checks?: readonly z.core.$ZodCheck[] };
  const checks: CheckDef[] = (def.checks ?? []).map(({ _zod }) => _zod.def as CheckDef);
  // A format such as z.int() or z.uuid() is a schema and a check in one.
  if (def.check !== undefined) checks.unshift(def);
  const bounds = { ranges: [] as Bounds['ranges'][number][], patterns: [] as RegExp[], isInteger: false };
  for (const check of checks) {
    if (check.check === 'number_format' && check.format === 'safeint') bounds.isInteger = true;
    else if (check.check === 'string_format' && isPlainPattern(check)) bounds.patterns.push(check.pattern);
    else {
      const range = rangeOf(check);
      if (range === undefined) return undefined;
      bounds.ranges.push(range);
    }
  }
  return bounds;
}

function rangeOf(check: CheckDef): Bounds['ranges'][number] | undefined {
  switch (check.check) {
    case 'min_length':
      return { operator: '>=', limit: check.minimum };
    case 'max_length':
      return { operator: '<=', limit: check.maximum };
    case 'length_equals':
      return { operator: '===', limit: check.length };
    case 'greater_than':
      return typeof check.value === 'number'
        ? { operator: check.inclusive ? '>=' : '>', limit: check.value }
        : undefined;
    case 'less_than':
      return typeof check.value === 'number'
        ? { operator: check.inclusive ? '<=' : '<', limit: check.value }
        : undefined;
    default:
      return undefined;
  }
}

/** A pattern that remembers where it stopped answers differently each time. */
function isPlainPattern({ format, pattern }: CheckDef): boolean {
  return PATTERNED.has(format ?? '') && pattern instanceof RegExp && !pattern.global && !pattern.sticky;
}
