import type { JsonSchema } from './wire/wire-schema.js';

/** A place at which a reader could not read what a writer writes. */
export interface Misreading {
  /** A JSON Pointer; empty for the whole. `*` stands for each item or each member. */
  readonly path: string;
  /** What the reader expects and the writer does not promise. */
  readonly message: string;
}

type Pair = { readonly reader: JsonSchema; readonly writer: JsonSchema; readonly path: string };
type Rule = (pair: Pair) => readonly Misreading[];

/**
 * What of a writer's data a tolerant reader could not read, by their JSON Schemas: whatever the reader requires must be
 * required of the writer, and everything that the writer may write must be allowed to be read. What only the writer
 * names does not matter. Schemas are as `wireSchema` makes them.
 */
export function misreadings(reader: JsonSchema, writer: JsonSchema): readonly Misreading[] {
  return compare({ reader, writer, path: '' });
}

function compare(pair: Pair): readonly Misreading[] {
  const { reader, writer, path } = pair;
  const written = alternatives(writer);
  if (written) return written.flatMap((alternative) => compare({ ...pair, writer: alternative }));
  const readable = alternatives(reader);
  if (readable) {
    const fits = readable.some((alternative) => compare({ ...pair, reader: alternative }).length === 0);
    return fits ? [] : [{ path, message: 'none of the forms that are expected is the one that may be written' }];
  }
  const mismatch = typeMismatch(pair);
  return mismatch.length > 0 ? mismatch : RULES.flatMap((rule) => rule(pair));
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] | undefined {
  return (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
}

/** The kinds of JSON value; every integer is a number. A schema without a type is one of a recursion, and is trusted. */
function typeMismatch({ reader, writer, path }: Pair): Misreading[] {
  const [expected, written] = [kindsOf(reader), kindsOf(writer)];
  if (expected.length === 0 || written.length === 0) return [];
  const unexpected = written.filter(
    (kind) => !expected.includes(kind) && !(kind === 'integer' && expected.includes('number')),
  );
  if (unexpected.length === 0) return [];
  return [{ path, message: `${expected.join(' or ')} is expected, and ${unexpected.join(' or ')} may be written` }];
}

function kindsOf({ type }: JsonSchema): readonly string[] {
  return type === undefined ? [] : ([type].flat() as string[]);
}

const requiredMembers: Rule = ({ reader, writer, path }) => {
  const promised = new Set((writer.required ?? []) as string[]);
  const required = ((reader.required ?? []) as string[]).filter((name) => !promised.has(name));
  const known = (writer.properties ?? {}) as object;
  return required.map((name) => ({
    path: below(path, name),
    message:
      name in known
        ? 'is required, and the publisher may leave it out'
        : 'is required, and the publisher has no such field',
  }));
};

const members: Rule = ({ reader, writer, path }) => {
  const written = (writer.properties ?? {}) as Record<string, JsonSchema>;
  return Object.entries((reader.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, member]) =>
    written[name] === undefined ? [] : compare({ reader: member, writer: written[name], path: below(path, name) }),
  );
};

const values: Rule = ({ reader, writer, path }) => {
  const allowed = listed(reader);
  if (allowed === undefined) return [];
  const written = listed(writer);
  if (written === undefined)
    return [{ path, message: `only ${allowed.join(', ')} can be read, and anything may be written` }];
  const unknown = written.filter((value) => !allowed.includes(value));
  return unknown.length === 0 ? [] : [{ path, message: `${unknown.join(', ')} may be written and cannot be read` }];
};

function listed({ const: constant, enum: options }: JsonSchema): readonly unknown[] | undefined {
  return constant === undefined ? (options as readonly unknown[] | undefined) : [constant];
}

/** `items` of a list, `additionalProperties` of a record. */
const eachOf: Rule = ({ reader, writer, path }) =>
  ['items', 'additionalProperties'].flatMap((keyword) => {
    const [expected, written] = [reader[keyword], writer[keyword]];
    if (!isSchema(expected) || !isSchema(written)) return [];
    return compare({ reader: expected, writer: written, path: below(path, '*') });
  });

const positions: Rule = ({ reader, writer, path }) => {
  const written = (writer.prefixItems ?? []) as readonly JsonSchema[];
  return ((reader.prefixItems ?? []) as readonly JsonSchema[]).flatMap((expected, index) =>
    written[index] === undefined
      ? [{ path: below(path, String(index)), message: 'is expected, and the publisher writes fewer items' }]
      : compare({ reader: expected, writer: written[index], path: below(path, String(index)) }),
  );
};

/** A form that only the reader asks for is one that the writer may break. */
const forms: Rule = ({ reader, writer, path }) =>
  ['format', 'pattern', 'contentEncoding']
    .filter((keyword) => reader[keyword] !== undefined && reader[keyword] !== writer[keyword])
    // The pattern of a format is how zod tells the format.
    .filter((keyword) => keyword !== 'pattern' || reader.format === undefined)
    .filter(() => listed(writer) === undefined)
    .map((keyword) => ({ path, message: `the ${keyword} ${reader[keyword]} is expected, and not promised` }));

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

/** A reader's bound must not be tighter than the writer's. Listed values need none. */
const bounds: Rule = ({ reader, writer, path }) => {
  if (listed(writer) !== undefined) return [];
  const tighter = [
    ...LOWER.filter((keyword) => isTighter(reader[keyword], writer[keyword], (read, written) => read > written)),
    ...UPPER.filter((keyword) => isTighter(reader[keyword], writer[keyword], (read, written) => read < written)),
  ];
  return tighter.map((keyword) => ({ path, message: `${keyword} ${reader[keyword]} is expected, and not promised` }));
};

function isTighter(reader: unknown, writer: unknown, than: (reader: number, writer: number) => boolean): boolean {
  if (typeof reader !== 'number') return false;
  return typeof writer !== 'number' || than(reader, writer);
}

const RULES: readonly Rule[] = [requiredMembers, members, values, eachOf, positions, forms, bounds];

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}

function below(path: string, name: string): string {
  return `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
