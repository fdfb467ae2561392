import type { z } from 'zod';
import { type Bounds, boundsOf } from './schema-bounds.js';
import type { SchemaPart } from './schema-part.js';

/** What code made from a schema answers where it does not copy: the value does not fit, or only zod can tell. */
export const UNFIT = Symbol('unfit');

/** A copy of a value that fits, or `UNFIT`. */
export type Copying = (value: unknown) => unknown;

/** How one part of a value crosses that code cannot be made for: a codec, a union, a record. `UNFIT` where it does not. */
export type Crossing = (schema: z.core.$ZodType) => Copying;

/**
 * Code that copies a value as zod would, and leaves to zod whatever does not fit. Nearly every value fits, and one function of straight
 * code says so in a fraction of the time, and of the processor's cache, that a walk through the schema takes.
 *
 * @param crossing how the parts cross that are left to zod
 * @param dropsUndefined whether a key may hold `undefined`, and is left out then
 */
export function copyingCode(schema: z.core.$ZodType, crossing: Crossing, dropsUndefined: boolean): Copying {
  const code = new SchemaCode(crossing, dropsUndefined);
  const copy = code.copyOf(schema, 'value');
  return code.compiled(copy);
}

class SchemaCode {
  private readonly lines: string[] = [];
  /** What the code refers to: patterns, and the parts that are left to zod. */
  private readonly constants: unknown[] = [];
  private names = 0;
  /** Whose code is being written: a recursive schema is left to zod where it begins anew. */
  private readonly writing = new Set<z.core.$ZodType>();

  constructor(
    private readonly crossing: Crossing,
    private readonly dropsUndefined: boolean,
  ) {}

  compiled(copy: string): Copying {
    const make = new Function(
      'UNFIT',
      'constants',
      `return (value) => {\n${this.lines.join('\n')}\nreturn ${copy};\n};`,
    );
    return make(UNFIT, this.constants) as Copying;
  }

  /** Writes how `source` is copied. Answers the name of the copy. */
  copyOf(schema: z.core.$ZodType, source: string): string {
    const def = schema._zod.def as SchemaPart['def'];
    const bounds = this.writing.has(schema) || !isWritten(def) ? undefined : boundsOf(schema);
    if (bounds === undefined) return this.leftToZod(schema, source);
    this.writing.add(schema);
    const copy = this.copyOfKind(schema, def, bounds, source);
    this.writing.delete(schema);
    return copy;
  }

  private copyOfKind(schema: z.core.$ZodType, def: SchemaPart['def'], bounds: Bounds, source: string): string {
    switch (def.type) {
      case 'string':
        this.unfitIf(`typeof ${source} !== 'string'`);
        this.unfitOutside(bounds, source, `${source}.length`);
        return source;
      case 'number':
        this.unfitIf(bounds.isInteger ? `!Number.isSafeInteger(${source})` : `!Number.isFinite(${source})`);
        this.unfitOutside(bounds, source, source);
        return source;
      case 'boolean':
        this.unfitIf(`typeof ${source} !== 'boolean'`);
        return source;
      case 'null':
        this.unfitIf(`${source} !== null`);
        return source;
      case 'literal':
      case 'enum':
        this.unfitIf([...schema._zod.values!].map((one) => `${source} !== ${JSON.stringify(one)}`).join(' && '));
        return source;
      case 'nullable':
        return this.copyOfNullable(def.innerType, source);
      case 'array':
        this.unfitIf(`!Array.isArray(${source})`);
        this.unfitOutside(bounds, source, `${source}.length`);
        return this.copyOfItems(def.element, source);
      case 'object':
        return this.copyOfObject(def.shape, source);
      default:
        return this.leftToZod(schema, source);
    }
  }

  private copyOfNullable(inner: z.core.$ZodType, source: string): string {
    const copy = this.fresh();
    this.lines.push(`let ${copy} = null;`, `if (${source} !== null) {`);
    this.lines.push(`${copy} = ${this.copyOf(inner, source)};`, '}');
    return copy;
  }

  private copyOfItems(element: z.core.$ZodType, source: string): string {
    const [copy, item, at] = [this.fresh(), this.fresh(), this.fresh()];
    this.lines.push(`const ${copy} = [];`, `for (let ${at} = 0; ${at} < ${source}.length; ${at} += 1) {`);
    this.lines.push(`const ${item} = ${source}[${at}];`);
    this.lines.push(`${copy}.push(${this.copyOf(element, item)});`, '}');
    return copy;
  }

  /** Its keys come in the order in which the schema has them, as zod has it. */
  private copyOfObject(shape: Record<string, z.core.$ZodType>, source: string): string {
    this.unfitIf(`typeof ${source} !== 'object' || ${source} === null || Array.isArray(${source})`);
    const members = Object.entries(shape);
    const firstOptional = members.findIndex(([, schema]) => isOptional(schema));
    const required = firstOptional < 0 ? members : members.slice(0, firstOptional);
    const copies = required.map(([key, schema]) => `${JSON.stringify(key)}: ${this.copyOfMember(schema, source, key)}`);
    const copy = this.fresh();
    this.lines.push(`const ${copy} = { ${copies.join(', ')} };`);
    for (const [key, schema] of members.slice(required.length)) this.addMember(copy, schema, source, key);
    return copy;
  }

  private copyOfMember(schema: z.core.$ZodType, source: string, key: string): string {
    const member = this.fresh();
    this.lines.push(`const ${member} = ${source}[${JSON.stringify(key)}];`);
    this.unfitIf(`${member} === undefined`);
    return this.copyOf(schema, member);
  }

  private addMember(copy: string, schema: z.core.$ZodType, source: string, key: string): void {
    const name = JSON.stringify(key);
    if (!isOptional(schema)) {
      this.lines.push(`${copy}[${name}] = ${this.copyOfMember(schema, source, key)};`);
      return;
    }
    const member = this.fresh();
    this.lines.push(`const ${member} = ${source}[${name}];`, `if (${member} !== undefined) {`);
    const { innerType } = schema._zod.def as SchemaPart['def'];
    this.lines.push(`${copy}[${name}] = ${this.copyOf(innerType, member)};`);
    this.lines.push(this.dropsUndefined ? '}' : `} else if (${name} in ${source}) return UNFIT;`);
  }

  private leftToZod(schema: z.core.$ZodType, source: string): string {
    const copy = this.fresh();
    this.lines.push(`const ${copy} = ${this.constant(this.crossing(schema))}(${source});`);
    this.unfitIf(`${copy} === UNFIT || ${copy} === undefined`);
    return copy;
  }

  private unfitOutside({ ranges, patterns }: Bounds, source: string, size: string): void {
    for (const { operator, limit } of ranges) this.unfitIf(`!(${size} ${operator} ${limit})`);
    for (const pattern of patterns) this.unfitIf(`!${this.constant(pattern)}.test(${source})`);
  }

  private unfitIf(condition: string): void {
    this.lines.push(`if (${condition}) return UNFIT;`);
  }

  private constant(value: unknown): string {
    this.constants.push(value);
    return `constants[${this.constants.length - 1}]`;
  }

  private fresh(): string {
    this.names += 1;
    return `v${this.names}`;
  }
}

/** The kinds whose code writes the bounds of a value. Of any other a check is left to zod. */
const BOUNDED: ReadonlySet<string> = new Set(['string', 'number', 'array']);

/** Whether code says all that the schema asks: `checks` are its own, beside those of what is inside it. */
function isWritten({ type, checks = [], catchall, entries }: SchemaPart['def']): boolean {
  if (type === 'enum' && Object.keys(entries).length === 0) return false;
  return catchall === undefined && (checks.length === 0 || BOUNDED.has(type));
}

/** Whether it is what `.optional()` makes. `.exactOptional()` differs in what it says to a key with `undefined`. */
function isOptional(schema: z.core.$ZodType): boolean {
  const { type, checks = [] } = schema._zod.def;
  return type === 'optional' && checks.length === 0 && !schema._zod.traits.has('$ZodExactOptional');
}
