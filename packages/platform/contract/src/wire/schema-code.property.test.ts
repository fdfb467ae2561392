import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import { instant, integer, mapOf } from '../index.js';
import { issuesOf } from './issue.js';
import { issueMessage } from './issue-message.js';
import { copyingCode, UNFIT } from './schema-code.js';
import { decoded, encoded } from './wire-codec.js';

const bounded = (least: number, most: number) => ({ least: Math.min(least, most), most: Math.max(least, most) });
const limits = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })).map((both) => bounded(...both));
const words = fc.constantFrom('a', 'b', 'red', '', 'x"\\\n');

/** Schemas as contracts have them: kinds that code is made for, parts that are left to zod, and both inside each other. */
const schemas = fc.letrec<{ leaf: z.ZodType; schema: z.ZodType }>((tie) => ({
  leaf: fc.oneof(
    limits.map(({ least, most }) => z.string().min(least).max(most)),
    fc.constantFrom<z.ZodType>(
      z.string(),
      z.string().length(2),
      z.string().regex(/^[a-c]*$/),
      z.uuid(),
      z.iso.datetime(),
      z.url(),
      z.string().refine((text) => text !== 'b'),
      z.number(),
      z.number().gt(1).lt(3),
      z.number().multipleOf(2),
      z.int(),
      z.int().min(1).max(2),
      z.int32(),
      z.boolean(),
      z.null(),
      z.literal('x"\\\n'),
      z.literal(['a', 1, null, true]),
      z.enum(['red', 'b']),
      z.enum(['red', 'b']).check(z.minLength(2)),
      z.literal(['a', 'red']).refine((word) => word !== 'a'),
      z.boolean().refine((isSo) => isSo),
      instant(),
      integer(),
      z.json(),
    ),
  ),
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('schema').map((inner) => z.nullable(inner)),
    fc.tuple(tie('schema'), limits).map(([item, { least, most }]) => z.array(item).min(least).max(most)),
    tie('schema').map((value) => z.record(z.string(), value)),
    fc.tuple(tie('schema'), tie('schema')).map(([left, right]) => z.union([left, right])),
    tie('schema').map((value) => mapOf(z.string(), value)),
    fc
      .dictionary(
        words,
        fc.tuple(tie('schema'), fc.constantFrom('must', 'may', 'mayExactly', 'mustNot', 'mayUnless')),
        {
          maxKeys: 4,
        },
      )
      .map((members) =>
        z.object(Object.fromEntries(Object.entries(members).map(([key, [schema, how]]) => [key, member(schema, how)]))),
      ),
    tie('leaf').map((others) => z.object({ a: z.string().optional() }).catchall(others)),
  ),
})).schema;

function member(schema: z.ZodType, how: string): z.ZodType {
  if (how === 'may') return schema.optional();
  if (how === 'mayUnless') return schema.optional().refine((value) => value !== 'b' && value !== 1);
  if (how === 'mayExactly') return schema.exactOptional();
  return how === 'mustNot' ? schema.nullish() : schema;
}

/** A value that fits, most of the time. */
function fitting(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const def = schema._zod.def as any;
  switch (def.type) {
    case 'object': {
      const members = Object.entries<z.core.$ZodType>(def.shape).map(([key, part]) => [key, fitting(part)] as const);
      return fc.record(Object.fromEntries(members), { noNullPrototype: true });
    }
    case 'array':
      return fc.array(fitting(def.element), { maxLength: 4 });
    case 'record':
      return fc.dictionary(words, fitting(def.valueType), { maxKeys: 3, noNullPrototype: true });
    case 'union':
      return fc.oneof(...def.options.map(fitting));
    case 'optional':
      return fc.option(fitting(def.innerType), { nil: undefined });
    case 'nullable':
      return fc.option(fitting(def.innerType));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'number':
      return fc.constantFrom(0, 1, 2, 2.5, -1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.oneof(
        words,
        fc.constantFrom('2026-01-01T00:00:00Z', '12', '6f1d0c1e-6d5f-4a5e-9d3c-3f2b7a1f0c11', 'abcabc'),
      );
  }
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, new Date(0), 7n, Number.NaN, () => 1),
);
/** Values for a schema: one that fits, one with further keys, and one that is something else. */
const withValue = schemas.chain((schema) =>
  fc.record({
    schema: fc.constant(schema),
    value: fc.oneof(
      { weight: 4, arbitrary: fitting(schema) },
      fitting(schema).map((value) =>
        Object.prototype.toString.call(value) === '[object Object]' ? { ...(value as object), further: 1 } : value,
      ),
      anything,
    ),
  }),
);

const WORDING = { error: issueMessage };
type Outcome = { readonly fits: unknown } | { readonly issues: unknown };

class Misfit extends Error {
  constructor(readonly issues: unknown) {
    super();
  }
}

function outcomeOf(work: () => unknown): Outcome {
  try {
    return { fits: work() };
  } catch (error) {
    if (error instanceof Misfit) return { issues: error.issues };
    throw error;
  }
}

function byZod(result: z.ZodSafeParseResult<unknown>): Outcome {
  return result.success ? { fits: result.data } : { issues: issuesOf(result.error.issues) };
}

/** What is equal but for the order of its keys is not the same on the wire. */
const inOrder = (outcome: Outcome) => [
  outcome,
  JSON.stringify(outcome, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
];

describe('Values cross by code that is made from their schema', () => {
  it('as they would by zod alone, from the wire: the same copy, or the same issues', () => {
    fc.assert(
      fc.property(withValue, ({ schema, value }) => {
        const expected = byZod(z.safeDecode(schema, value as never, WORDING));
        const actual = outcomeOf(() => decoded(schema, value, (issues) => new Misfit(issues)));
        expect(inOrder(actual)).toEqual(inOrder(expected));
      }),
      { numRuns: 1_000 },
    );
  });

  it('as they would by zod alone, to the wire, without what is undefined', () => {
    fc.assert(
      fc.property(withValue, ({ schema, value: wire }) => {
        const decoding = z.safeDecode(schema, wire as never);
        const value = decoding.success ? decoding.data : wire;
        const expected = byZod(z.safeEncode(schema, value as never, WORDING));
        const actual = outcomeOf(() => encoded(schema, value as never, (issues) => new Misfit(issues)));
        expect(inOrder(actual)).toEqual(
          inOrder('fits' in expected ? { fits: withoutUndefined(expected.fits) } : expected),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('and nothing of the copy is shared with what it was made from', () => {
    const schema = z.object({ list: z.array(z.object({ word: z.string() })) });
    const value = { list: [{ word: 'a' }] };
    const copy = decoded(schema, value, () => new Error('does not fit'));

    expect(copy).toEqual(value);
    expect(copy.list).not.toBe(value.list);
    expect(copy.list[0]).not.toBe(value.list[0]);
  });
});

describe('Code', () => {
  const neverCrosses = () => () => UNFIT;

  it('is made for what contracts mostly consist of, so that zod is not asked', () => {
    const schema = z.object({
      sku: z.string().min(1).max(64),
      quantity: z.int().min(1),
      kind: z.enum(['gift', 'parcel']),
      notes: z.array(z.object({ text: z.string().nullable() })).max(5),
      express: z.boolean().optional(),
    });
    const value = { sku: 'a', quantity: 2, kind: 'gift', notes: [{ text: null }], express: true };

    expect(copyingCode(schema, neverCrosses, false)(value)).toEqual(value);
  });

  it('takes the names of members as they are, whatever they look like', () => {
    const name = `"]; throw new Error('run'); //\u2028`;
    const schema = z.object({ [name]: z.literal(name) });

    expect(copyingCode(schema, neverCrosses, false)({ [name]: name })).toEqual({ [name]: name });
  });

  it('leaves a schema that contains itself to zod where it begins anew', () => {
    const Tree = z.object({
      name: z.string(),
      get children() {
        return z.array(Tree);
      },
    });
    const tree = { name: 'a', children: [{ name: 'b', children: [{ name: 'c', children: [] }] }] };

    expect(decoded(Tree as z.ZodType, tree, () => new Error('does not fit'))).toEqual(tree);
  });
});

function withoutUndefined(wire: unknown): unknown {
  if (Array.isArray(wire)) return wire.map(withoutUndefined);
  if (typeof wire !== 'object' || wire === null) return wire;
  return Object.fromEntries(
    Object.entries(wire).flatMap(([key, value]) => (value === undefined ? [] : [[key, withoutUndefined(value)]])),
  );
}
