import { z } from 'zod';
import { canonicalJson } from '../canonical-json.js';
import { partsInside, type SchemaPart } from './schema-part.js';
import type { WireValue } from './wire-value.js';

/**
 * The wire form of a value without the members that have their default. Two versions of a contract make the same of one input then: a
 * member that the newer one adds with a default is left out by both, by the older one as it does not know it.
 *
 * `wire` fits `schema`, and stays as it is.
 */
export function withoutDefaults(schema: z.ZodType, wire: WireValue): WireValue {
  return hasDefaults(schema) ? stripped(schema, wire) : wire;
}

const known = new WeakMap<z.ZodType, boolean>();

function hasDefaults(schema: z.ZodType): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = partsInside(schema).some(({ def, side }) => side === 'wire' && isDefault(def));
  known.set(schema, found);
  return found;
}

function stripped(schema: z.core.$ZodType, wire: WireValue): WireValue {
  const def = schema._zod.def as SchemaPart['def'];
  if (typeof wire !== 'object' || wire === null) return wire;
  switch (def.type) {
    case 'object':
      return Array.isArray(wire) ? wire : strippedMembers(def.shape, wire);
    case 'record':
      return mapped(wire, (value) => stripped(def.valueType, value));
    case 'array':
      return Array.isArray(wire) ? wire.map((item) => stripped(def.element, item)) : wire;
    case 'tuple':
      return Array.isArray(wire)
        ? wire.map((item, index) => stripped(def.items[index] ?? def.rest ?? z.unknown(), item))
        : wire;
    case 'union':
      return stripped(optionOf(def.options, wire), wire);
    case 'intersection':
      return stripped(def.right, stripped(def.left, wire));
    case 'lazy':
      return stripped(def.getter(), wire);
    case 'pipe':
      return stripped(def.in, wire);
    default:
      return def.innerType === undefined ? wire : stripped(def.innerType, wire);
  }
}

type WireObject = { readonly [member: string]: WireValue };

function strippedMembers(shape: Readonly<Record<string, z.core.$ZodType>>, wire: WireObject): WireValue {
  const members = Object.entries(wire).flatMap(([name, value]) => {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (schema === undefined) return [[name, value] as const];
    return isTheDefault(schema, value) ? [] : [[name, stripped(schema, value)] as const];
  });
  return Object.fromEntries(members);
}

/** A default may itself have members that have theirs. */
function isTheDefault(schema: z.core.$ZodType, wire: WireValue): boolean {
  const def = schema._zod.def as SchemaPart['def'];
  if (!isDefault(def)) return TRANSPARENT.has(def.type) && isTheDefault(def.innerType, wire);
  return canonicalJson(stripped(def.innerType, wire)) === canonicalJson(stripped(def.innerType, def.defaultValue));
}

/** What a default may be wrapped in and still be one. */
const TRANSPARENT: ReadonlySet<string> = new Set(['optional', 'nullable', 'nonoptional', 'readonly']);

function isDefault({ type }: SchemaPart['def']): boolean {
  return type === 'default' || type === 'prefault';
}

/** The first that fits, as zod has it. */
function optionOf(options: readonly z.core.$ZodType[], wire: WireValue): z.core.$ZodType {
  return options.find((option) => z.safeDecode(option, wire as never).success) ?? z.unknown();
}

function mapped(wire: WireValue, change: (value: WireValue) => WireValue): WireValue {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return wire;
  return Object.fromEntries(Object.entries(wire).map(([name, value]) => [name, change(value)]));
}
