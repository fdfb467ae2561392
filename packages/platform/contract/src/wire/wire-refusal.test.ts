import { describe, expect, it } from '@jest/globals';
import { binary, instant, integer, Money, mapOf, setOf, z } from '../index.js';
import { wireSchema } from './wire-schema.js';

const at = (schema: z.ZodType) => z.object({ lines: z.array(z.object({ field: schema })) });
const refused: [string, z.ZodType, RegExp][] = [
  ['any', z.any(), /z\.any\(\) is refused, because it says nothing/],
  ['unknown', z.unknown(), /z\.unknown\(\)/],
  ['a transform', z.string().transform((text) => text.length), /z\.transform\(\).*one direction only.*z\.codec/],
  ['preprocess', z.preprocess(String, z.string()), /z\.transform\(\)/],
  [
    'a transform behind a codec',
    z.codec(z.string(), z.string().transform(Number), { decode: String, encode: String }),
    /z\.transform\(\)/,
  ],
  ['catch', z.string().catch(''), /z\.catch\(\).*hides a wrong value/],
  ['coerce', z.coerce.number(), /z\.coerce.*two forms/],
  ['trim', z.string().trim(), /trim\(\).*changes the value/],
  ['toLowerCase', z.string().toLowerCase(), /toLowerCase\(\)/],
  ['overwrite', z.number().overwrite(Math.abs), /overwrite/],
  ['date', z.date(), /z\.date\(\).*Use instant\(\)/],
  ['bigint', z.bigint(), /z\.bigint\(\).*Use integer\(\)/],
  ['a 64-bit integer of zod', z.int64(), /z\.bigint\(\)/],
  ['map', z.map(z.string(), z.string()), /z\.map\(\).*Use mapOf\(\)/],
  ['set', z.set(z.string()), /z\.set\(\).*Use setOf\(\)/],
  ['symbol', z.symbol(), /z\.symbol\(\)/],
  ['nan', z.nan(), /z\.nan\(\)/],
  ['void', z.void(), /z\.void\(\)/],
  ['undefined', z.undefined(), /z\.undefined\(\).*optional\(\) on a property/],
  ['file', z.file(), /z\.file\(\).*Use binary\(\)/],
  ['promise', z.promise(z.string()), /z\.promise\(\)/],
  ['function', z.function() as unknown as z.ZodType, /z\.function\(\)/],
  ['custom', z.custom<string>(), /z\.custom\(\).*no JSON Schema/],
  ['instanceof', z.instanceof(URL), /z\.custom\(\)/],
  ['success', z.success(z.string()), /z\.success\(\)/],
  ['a bigint literal', z.literal(1n), /z\.literal\(\)/],
  ['an undefined literal', z.literal(undefined), /z\.literal\(\)/],
  ['an optional item', z.array(z.string().optional()), /\.optional\(\).*nothing but a property/],
  ['an optional in a tuple', z.tuple([z.string().optional()]), /\.optional\(\)/],
  ['an optional in a record', z.record(z.string(), z.string().optional()), /\.optional\(\)/],
  ['an optional option', z.union([z.string().optional(), z.number()]), /\.optional\(\)/],
  ['a strict object', z.strictObject({ a: z.string() }), /z\.strictObject\(\).*newer caller/],
  ['a loose object', z.looseObject({ a: z.string() }), /z\.unknown\(\)/],
  ['a property __proto__', z.object(JSON.parse('{"__proto__":1}', (_, v) => (v === 1 ? z.string() : v))), /__proto__/],
  ['a codec as key', z.record(integer() as never, z.string()), /codec as key/],
  [
    'an asynchronous codec',
    z.codec(z.string(), z.string(), { decode: async (s) => s, encode: (s) => s }),
    /asynchronous/,
  ],
  [
    'a union of overlapping objects',
    z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
    /z\.union\(\).*discriminatedUnion/,
  ],
  ['a union of a codec and its wire type', z.union([integer(), z.string()]), /z\.union\(\)/],
  [
    'a union of a codec and its very own wire type',
    ((text) => z.union([text, z.codec(text, z.bigint(), { decode: BigInt, encode: String })]))(z.string()),
    /z\.union\(\)/,
  ],
  ['a union of a map and a list', z.union([mapOf(z.string(), z.string()), z.array(z.string())]), /z\.union\(\)/],
  [
    'a union of a record and an object',
    z.union([z.record(z.string(), z.string()), z.object({ a: z.int() })]),
    /z\.union\(\)/,
  ],
  ['a default of a codec', integer().default(1n), /\.default\(\) of a codec.*prefault/],
  ['a default that changes', z.string().default(() => crypto.randomUUID()), /another one each time/],
];

describe('A schema that cannot cross a wire', () => {
  it.each(refused)('is refused: %s', (_, schema, message) => {
    expect(() => wireSchema(at(schema), 'Input of shop.buy')).toThrow(message);
  });

  it('is named with its owner and its place', () => {
    expect(() => wireSchema(at(z.date()), 'Input of shop.buy')).toThrow(
      'Input of shop.buy cannot cross a wire.\n' +
        '  /lines/*/field: z.date() is refused, because it does not survive JSON. Use instant().',
    );
  });

  it('has all its faults told at once', () => {
    const schema = z.object({ at: z.date(), amount: z.bigint(), deep: z.record(z.string(), z.tuple([z.any()])) });
    expect(() => wireSchema(schema)).toThrow(/\/at: .*\n {2}\/amount: .*\n {2}\/deep\/\*\/0: /);
  });

  it('is refused as a whole when the whole may be left out', () => {
    expect(() => wireSchema(z.object({}).optional())).toThrow(/The whole: \.optional\(\)/);
  });

  it('is found inside recursion', () => {
    const Tree = z.object({
      at: z.date(),
      get children() {
        return z.array(Tree);
      },
    });
    expect(() => wireSchema(Tree)).toThrow(/\/at: z\.date\(\)/);
  });

  it('is found where an optional schema is shared by a property and a list', () => {
    const shared = z.string().optional();
    expect(() => wireSchema(z.object({ fine: shared, list: z.array(shared) }))).toThrow(/\/list\/\*: \.optional\(\)/);
  });
});

describe('A schema with a faithful wire form', () => {
  const Tree: z.ZodType = z.object({ name: z.string(), children: z.array(z.lazy(() => Tree)) });
  const passes: [string, z.ZodType][] = [
    [
      'our codecs',
      z.object({ a: instant(), b: integer(), c: binary(), d: mapOf(instant(), Money), e: setOf(integer()) }),
    ],
    ['an optional property', z.object({ a: z.string().optional(), b: z.string().nullish(), c: instant().optional() })],
    ['recursion', Tree],
    ['any JSON', z.json()],
    [
      'a discriminated union',
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('a'), at: instant() }),
        z.object({ type: z.literal('b'), at: z.string() }),
      ]),
    ],
    [
      'a union of objects with different literals',
      z.union([z.object({ type: z.literal('a') }), z.object({ type: z.enum(['b', 'c']) })]),
    ],
    [
      'a union of different JSON types',
      z.union([integer(), z.int(), z.null(), z.object({ a: z.string() }), z.array(instant())]),
    ],
    ['a word or an instant', z.union([z.literal('now'), instant()])],
    ['a fixed default', z.object({ limit: z.int().default(20), amount: integer().prefault('0') })],
    [
      'a refinement',
      z
        .string()
        .refine((text) => text !== 'no')
        .brand('Yes')
        .describe('Anything but no')
        .readonly(),
    ],
    ['an intersection', z.intersection(z.object({ a: instant() }), z.object({ b: integer() }))],
    ['a pipe of checks', z.string().pipe(z.enum(['a', 'b']))],
    ['a template', z.templateLiteral(['order-', z.int()])],
    ['a boolean in words', z.stringbool()],
    ['an optional that is required again', z.array(z.nonoptional(z.string().optional()))],
  ];

  it.each(passes)('passes, and has a JSON Schema: %s', (_, schema) => {
    expect(wireSchema(schema)).toEqual(expect.any(Object));
  });

  it('is described by what crosses the wire, not by what the code sees', () => {
    expect(wireSchema(z.object({ at: instant(), tags: setOf(z.string()), note: z.string().optional() }))).toMatchObject(
      {
        type: 'object',
        properties: {
          at: { type: 'string', format: 'date-time' },
          tags: { type: 'array', uniqueItems: true },
          note: { type: 'string' },
        },
        required: ['at', 'tags'],
      },
    );
  });
});
