import type { z } from 'zod';

/** One schema inside a schema, and where it stands. */
export interface SchemaPart {
  readonly schema: z.core.$ZodType;
  /** zod's own description of the schema; its members depend on `type`. */
  readonly def: { readonly type: string; readonly [member: string]: any };
  /** Like a JSON Pointer, with `*` for every item, key or value of a collection. */
  readonly path: string;
  /** What crosses the wire, or what a codec makes of it. */
  readonly side: 'wire' | 'value';
  /** Only a property of an object may be left out. */
  readonly mayBeLeftOut: boolean;
}

/** A schema and all the schemas inside it, in the order of writing. Each comes once for each side, so recursion ends. */
export function partsInside(root: z.core.$ZodType): SchemaPart[] {
  const seen = { wire: new Set<z.core.$ZodType>(), value: new Set<z.core.$ZodType>() };
  const parts: SchemaPart[] = [];
  const waiting = [partOf(root, { path: '', side: 'wire', mayBeLeftOut: false })];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const isNew = !seen[part.side].has(part.schema);
    seen[part.side].add(part.schema);
    // The same optional schema may stand once as a property and once as an item.
    if (isNew || part.def.type === 'optional') parts.push(part);
    if (isNew) waiting.push(...partsOf(part).reverse());
  }
  return parts;
}

type Place = Omit<SchemaPart, 'schema' | 'def'>;

function partOf(schema: z.core.$ZodType, { path, side, mayBeLeftOut }: Place): SchemaPart {
  return { schema, def: schema._zod.def as SchemaPart['def'], path, side, mayBeLeftOut };
}

function partsOf(part: SchemaPart): SchemaPart[] {
  const { def } = part;
  const here = (schema: z.core.$ZodType) => partOf(schema, part);
  const inside = (schema: z.core.$ZodType, step = '*') =>
    partOf(schema, { ...part, path: `${part.path}/${step}`, mayBeLeftOut: false });
  switch (def.type) {
    case 'object':
      return [...properties(part), ...some(def.catchall).map((schema) => inside(schema))];
    case 'array':
      return [inside(def.element)];
    case 'tuple':
      return [
        ...def.items.map((item: z.core.$ZodType, index: number) => inside(item, String(index))),
        ...some(def.rest).map((schema) => inside(schema)),
      ];
    case 'record':
    case 'map':
      return [inside(def.keyType), inside(def.valueType)];
    case 'set':
      return [inside(def.valueType)];
    case 'union':
      return def.options.map((option: z.core.$ZodType) => partOf(option, { ...part, mayBeLeftOut: false }));
    case 'intersection':
      return [here(def.left), here(def.right)];
    case 'lazy':
      return [here(def.getter())];
    case 'pipe':
      return [here(def.in), isCodec(def) ? partOf(def.out, { ...part, side: 'value' }) : here(def.out)];
    case 'nonoptional':
      return [partOf(def.innerType, { ...part, mayBeLeftOut: true })];
    default:
      return some(def.innerType).map(here);
  }
}

function properties(part: SchemaPart): SchemaPart[] {
  return Object.entries<z.core.$ZodType>(part.def.shape).map(([key, schema]) =>
    partOf(schema, { ...part, path: `${part.path}/${key}`, mayBeLeftOut: true }),
  );
}

/** A pipe that knows the way back. */
export function isCodec(def: SchemaPart['def']): boolean {
  return def.type === 'pipe' && typeof def.reverseTransform === 'function';
}

function some(schema: z.core.$ZodType | null | undefined): z.core.$ZodType[] {
  return schema ? [schema] : [];
}
