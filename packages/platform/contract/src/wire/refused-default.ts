import { canonicalJson } from '../canonical-json.js';
import type { Rule } from './refusal.js';
import { codecInside } from './wire-form.js';

/** `.default()` takes a value, `.prefault()` a wire form; only the latter can be told in JSON Schema. */
export const refusedDefaultOfCodec: Rule = ({ def, side }) => {
  if (def.type !== 'default' || side === 'value' || !codecInside(def.innerType)) return undefined;
  return {
    what: '.default() of a codec',
    why: 'JSON Schema cannot tell its value',
    remedy: 'Use .prefault(), which takes the wire form.',
  };
};

/** A default is part of the contract, so it is the same for everybody. */
export const refusedChangingDefault: Rule = ({ def, side }) => {
  if (side === 'value' || (def.type !== 'default' && def.type !== 'prefault') || codecDefault(def)) return undefined;
  // zod computes the value at each reading.
  const once = canonicalJson(def.defaultValue);
  const again = canonicalJson(def.defaultValue);
  if (once === again) return undefined;
  return {
    what: `.${def.type}()`,
    why: 'its value is another one each time, so that the contract would never be the same twice',
    remedy: 'Use .optional(), and let the provider choose.',
  };
};

function codecDefault(def: { readonly type: string; readonly innerType?: any }): boolean {
  return def.type === 'default' && codecInside(def.innerType);
}
