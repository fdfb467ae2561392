import type { z } from 'zod';
import type { Rule } from './refusal.js';

/** `z.coerce` reads many forms as one. */
export const refusedCoercion: Rule = ({ def }) => {
  if (def.coerce !== true) return undefined;
  return { what: 'z.coerce', why: 'two callers would send two forms', remedy: 'Say which form crosses the wire.' };
};

/** `trim()`, `toLowerCase()` and the like. */
export const refusedOverwrite: Rule = ({ def }) => {
  const overwrites = def.checks?.some((check: z.core.$ZodCheck) => check._zod.def.check === 'overwrite') ?? false;
  if (!overwrites) return undefined;
  return {
    what: 'trim(), toLowerCase() or another overwrite',
    why: 'it changes the value on the way, so that local and remote calls would differ',
    remedy: 'Check with .regex() or .refine(), and let the caller or the provider change it.',
  };
};

/** Literals that JSON has no form for. */
export const refusedLiteral: Rule = ({ def, side }) => {
  if (def.type !== 'literal' || side === 'value' || def.values.every(isPlain)) return undefined;
  return {
    what: 'this z.literal()',
    why: 'it does not survive JSON',
    remedy: 'Use strings, finite numbers, booleans or null.',
  };
};

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** zod awaits nothing here. */
export const refusedAsyncCodec: Rule = ({ def }) => {
  const isAsync = [def.transform, def.reverseTransform].some((way) => way?.constructor?.name === 'AsyncFunction');
  if (def.type !== 'pipe' || !isAsync) return undefined;
  return {
    what: 'this z.codec()',
    why: 'it is asynchronous, and a value must cross at once',
    remedy: 'Look things up in the provider, not in the codec.',
  };
};
