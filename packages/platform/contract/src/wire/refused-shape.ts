import type { Rule } from './refusal.js';
import { areAmbiguous, changesInside, wireForms } from './wire-form.js';

/** JSON can leave out a property and nothing else: in a list, `undefined` becomes `null`. */
export const refusedOptional: Rule = ({ def, side, mayBeLeftOut }) => {
  if (def.type !== 'optional' || side === 'value' || mayBeLeftOut) return undefined;
  return {
    what: '.optional()',
    why: 'JSON can leave out nothing but a property of an object',
    remedy: 'Use .nullable(), or wrap it in an object.',
  };
};

/** Strictness would forbid the smallest compatible change, an additional field. */
export const refusedStrictObject: Rule = ({ def, side }) => {
  if (def.type !== 'object' || side === 'value' || def.catchall?._zod.def.type !== 'never') return undefined;
  return {
    what: 'z.strictObject()',
    why: 'a newer caller could send no additional field to an older provider',
    remedy: 'Use z.object(), which leaves unknown keys out.',
  };
};

/** An object with a property of this name is another object after JSON. */
export const refusedPropertyName: Rule = ({ def, side }) => {
  if (def.type !== 'object' || side === 'value' || !Object.hasOwn(def.shape, '__proto__')) return undefined;
  return {
    what: 'a property __proto__',
    why: 'it stands for the prototype of an object',
    remedy: 'Choose another name.',
  };
};

/** Keys of a JSON object are text. */
export const refusedKey: Rule = ({ def, side }) => {
  if (def.type !== 'record' || side === 'value' || !changesInside(def.keyType)) return undefined;
  return {
    what: 'a codec as key of z.record()',
    why: 'a key of a JSON object is text and nothing else',
    remedy: 'Use mapOf().',
  };
};

/** zod takes the first option that fits, in each direction for itself. */
export const refusedUnion: Rule = ({ def, schema, side }) => {
  if (def.type !== 'union' || side === 'value') return undefined;
  const forms = wireForms(schema);
  const areDistinct = forms.every((form, index) => !forms.slice(index + 1).some((other) => areAmbiguous(form, other)));
  if (areDistinct) return undefined;
  return {
    what: 'this z.union()',
    why: 'two of its options cannot be told apart on the wire, so that a value could come back as another',
    remedy: 'Use z.discriminatedUnion(), or options of different JSON types.',
  };
};
