import { z } from 'zod';
import { isCodec, partsInside } from './schema-part.js';

/** What a schema's wire form looks like to a reader of JSON. */
export interface WireForm {
  readonly type: 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
  readonly schema: z.core.$ZodType;
  /** The value is not its wire form as it stands: a codec is inside, or an object, whose unknown keys are left out. */
  readonly changes: boolean;
}

/**
 * All forms that a schema's wire form may have.
 *
 * @param above the schemas that this one is inside of: one that contains itself adds no form
 */
export function wireForms(schema: z.core.$ZodType, above: ReadonlySet<z.core.$ZodType> = new Set()): WireForm[] {
  if (above.has(schema)) return [];
  const seen = new Set(above).add(schema);
  const def = schema._zod.def as { type: string; [member: string]: any };
  const form = (type: WireForm['type'], changes = false): WireForm => ({ type, schema, changes });
  switch (def.type) {
    case 'string':
    case 'template_literal':
      return [form('string')];
    case 'number':
      return [form('number')];
    case 'boolean':
      return [form('boolean')];
    case 'null':
      return [form('null')];
    case 'literal':
    case 'enum':
      return [...new Set([...(schema._zod.values ?? [])].map(typeOfLiteral))].map((type) => form(type));
    case 'object':
    case 'record':
    case 'intersection':
      return [form('object', true)];
    case 'array':
    case 'tuple':
      return [form('array', changesInside(schema))];
    case 'nullable':
      return [form('null'), ...wireForms(def.innerType, seen)];
    case 'union':
      return def.options.flatMap((option: z.core.$ZodType) => wireForms(option, seen));
    case 'lazy':
      return wireForms(def.getter(), seen);
    case 'pipe':
      return wireForms(def.in, seen).map((inner) => ({
        ...inner,
        schema,
        changes: inner.changes || changesInside(schema),
      }));
    default:
      return def.innerType ? wireForms(def.innerType, seen) : [];
  }
}

/** Whether a codec or an object is inside. */
export function changesInside(schema: z.core.$ZodType): boolean {
  return partsInside(schema).some(({ def }) => def.type === 'object' || isCodec(def));
}

/** Whether a codec is inside. */
export function codecInside(schema: z.core.$ZodType): boolean {
  return partsInside(schema).some(({ def }) => isCodec(def));
}

/** Whether some wire value may be read as either form, and would be read differently. */
export function areAmbiguous(left: WireForm, right: WireForm): boolean {
  if (left.type !== right.type || !(left.changes || right.changes)) return false;
  if (left.type === 'object') return !haveDiscriminator(left.schema, right.schema);
  return !(excludesAllOf(left.schema, right.schema) || excludesAllOf(right.schema, left.schema));
}

/** A property that both have, with no literal in common. */
function haveDiscriminator(left: z.core.$ZodType, right: z.core.$ZodType): boolean {
  const theirs = right._zod.propValues ?? {};
  return Object.entries(left._zod.propValues ?? {}).some(([key, values]) => {
    const others = theirs[key];
    return (
      others !== undefined && others.size > 0 && values.size > 0 && ![...values].some((value) => others.has(value))
    );
  });
}

/** `literals` has a few literals only, and `schema` reads none of them. */
function excludesAllOf(schema: z.core.$ZodType, literals: z.core.$ZodType): boolean {
  const values = literals._zod.values;
  if (values === undefined || values.size === 0) return false;
  return [...values].every((value) => !z.safeDecode(schema, value).success);
}

function typeOfLiteral(value: unknown): WireForm['type'] {
  return value === null ? 'null' : (typeof value as 'string' | 'number' | 'boolean');
}
