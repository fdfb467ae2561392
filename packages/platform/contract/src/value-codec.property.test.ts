import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  binary,
  canonicalJson,
  decodeInput,
  encodeInput,
  instant,
  integer,
  Money,
  mapOf,
  Port,
  pageOf,
  query,
  setOf,
  z,
} from './index.js';

const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category);
  },
});
type Category = z.output<typeof Category>;

const Method = z.discriminatedUnion('type', [
  z.object({ type: z.literal('account'), since: instant() }),
  z.object({ type: z.literal('voucher'), since: z.string() }),
]);

/** One of everything that may cross a wire. */
const Everything = z.object({
  text: z.string(),
  number: z.number(),
  flag: z.boolean(),
  nothing: z.null(),
  at: instant(),
  size: integer(),
  bytes: binary(),
  price: Money,
  maybe: z.string().optional(),
  maybeAt: instant().nullish(),
  tuple: z.tuple([z.string(), integer()], z.int()),
  record: z.record(z.string(), integer()),
  byInstant: mapOf(z.string(), z.object({ at: instant(), more: setOf(integer()) })),
  method: Method,
  either: z.union([instant(), z.int(), z.array(integer()), z.null()]),
  both: z.intersection(z.object({ left: instant() }), z.object({ right: integer() })),
  category: Category,
  page: pageOf(z.object({ at: instant() })),
  json: z.json(),
});
type Everything = z.output<typeof Everything>;

const instants = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const integers = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
// JSON writes -0 as 0.
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const wholeNumbers = fc.maxSafeInteger();
const keys = fc.string().filter((key) => key !== '__proto__');
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value), (key, member) => (key === '__proto__' ? undefined : member)));
/** Plain objects: one without a prototype comes back with one. */
const record = <T>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) => fc.record<T>(shape, { noNullPrototype: true });
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const categories = fc.letrec<{ leaf: Category; category: Category }>((tie) => ({
  leaf: record({ name: fc.string(), children: fc.constant([]) }),
  category: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    record({ name: fc.string(), children: fc.array(tie('category'), { maxLength: 3 }) }),
  ),
})).category;

const everything: fc.Arbitrary<Everything> = record({
  text: fc.string({ unit: 'binary' }),
  number: numbers,
  flag: fc.boolean(),
  nothing: fc.constant(null),
  at: instants,
  size: integers,
  bytes: fc.uint8Array(),
  price: record({
    amountMinor: fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }),
    currency: fc.stringMatching(/^[A-Z]{3}$/),
  }),
  maybe: optional(fc.string()),
  maybeAt: optional(fc.option(instants)),
  tuple: fc
    .tuple(fc.string(), integers, fc.array(wholeNumbers))
    .map(([text, size, rest]) => [text, size, ...rest] as Everything['tuple']),
  record: fc.dictionary(keys, integers, { noNullPrototype: true }),
  byInstant: fc
    .array(fc.tuple(fc.string(), record({ at: instants, more: fc.array(integers).map((items) => new Set(items)) })))
    .map((entries) => new Map(entries)),
  method: fc.oneof(
    record({ type: fc.constant('account' as const), since: instants }),
    record({ type: fc.constant('voucher' as const), since: fc.string() }),
  ),
  either: fc.oneof(instants, wholeNumbers, fc.array(integers), fc.constant(null)),
  both: record({ left: instants, right: integers }),
  category: categories,
  page: record({ items: fc.array(record({ at: instants })), nextCursor: optional(fc.string()) }),
  json,
}).map(withoutUndefined);

/** `{ a: undefined }` and `{}` are one value to a contract. */
function withoutUndefined<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    kept.map(([key, member]) => [key, key === 'page' ? withoutUndefined(member as object) : member]),
  ) as T;
}

abstract class Mirror extends Port({
  name: 'mirror',
  version: '1.0.0',
  operations: { look: query({ input: Everything, output: z.int() }) },
}) {}

describe('Every value that a contract can describe', () => {
  it('comes back from the wire as it was', () => {
    fc.assert(
      fc.property(everything, (value) => {
        const wire = JSON.parse(JSON.stringify(encodeInput(Mirror.op.look, value)));
        expect(decodeInput(Mirror.op.look, wire)).toStrictEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it('has one wire form, which is JSON already', () => {
    fc.assert(
      fc.property(everything, (value) => {
        const wire = encodeInput(Mirror.op.look, value);
        expect(JSON.parse(JSON.stringify(wire))).toStrictEqual(wire);
        const again = encodeInput(Mirror.op.look, decodeInput(Mirror.op.look, wire));
        expect(canonicalJson(again)).toBe(canonicalJson(wire));
      }),
      { numRuns: 100 },
    );
  });
});

describe('Any JSON at all', () => {
  it('is read or refused as invalid, and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (wire) => {
        try {
          decodeInput(Mirror.op.look, wire);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-input', subject: 'mirror.look' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
