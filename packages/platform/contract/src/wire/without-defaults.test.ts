import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { instant, mapOf, type WireValue, withoutDefaults, z } from '../index.js';

const Gift = z.object({ text: z.string().default(''), ribbon: z.enum(['red', 'blue']).optional() });

/** A contract, and what its next minor versions made of it. */
const first = z.object({ sku: z.string(), lines: z.array(z.object({ count: z.int() })) });
const next = z.object({
  sku: z.string(),
  lines: z.array(z.object({ count: z.int(), isGift: z.boolean().default(false) })),
  gift: Gift.prefault({}),
  speed: z.enum(['slow', 'fast']).default('slow').optional(),
});

test.each<[what: string, schema: z.ZodType, wire: WireValue, comparable: WireValue]>([
  ['a member that has its default', next, { sku: 'a', lines: [], speed: 'slow' }, { sku: 'a', lines: [] }],
  [
    'one that has another value stays',
    next,
    { sku: 'a', lines: [], speed: 'fast' },
    { sku: 'a', lines: [], speed: 'fast' },
  ],
  [
    'in the items of a list',
    next,
    {
      sku: 'a',
      lines: [
        { count: 1, isGift: false },
        { count: 2, isGift: true },
      ],
    },
    { sku: 'a', lines: [{ count: 1 }, { count: 2, isGift: true }] },
  ],
  [
    'a default that has members with defaults',
    next,
    { sku: 'a', lines: [], gift: { text: '' } },
    { sku: 'a', lines: [] },
  ],
  [
    'inside a member that is no default as a whole',
    next,
    { sku: 'a', lines: [], gift: { text: '', ribbon: 'red' } },
    { sku: 'a', lines: [], gift: { ribbon: 'red' } },
  ],
  ['in a record', z.record(z.string(), Gift), { a: { text: '' }, b: { text: 'b' } }, { a: {}, b: { text: 'b' } }],
  ['in a map', mapOf(z.string(), Gift), [['a', { text: '' }]], [['a', {}]]],
  ['in what may be null', z.object({ gift: Gift.nullable() }), { gift: { text: '' } }, { gift: {} }],
  ['in what may be null, and is', z.object({ gift: Gift.nullable() }), { gift: null }, { gift: null }],
  [
    'in the option of a union that fits',
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), at: instant() }),
      Gift.extend({ kind: z.literal('b') }),
    ]),
    { kind: 'b', text: '' },
    { kind: 'b' },
  ],
])('What is compared has no members with their default: %s', (_, schema, wire, comparable) => {
  expect(withoutDefaults(schema, wire)).toEqual(comparable);
});

test('a version and the next one, which has members more with a default, make the same of one input', () => {
  const inputs = fc.record({ sku: fc.string(), lines: fc.array(fc.record({ count: fc.integer() })) });
  fc.assert(
    fc.property(inputs, (input) => {
      const wire = z.encode(next, z.decode(next, input)) as WireValue;
      expect(withoutDefaults(next, wire)).toEqual(withoutDefaults(first, z.encode(first, input)));
    }),
  );
});

test('nothing is lost: what is left reads as what was there', () => {
  const ribbon = fc.option(fc.constantFrom('red' as const, 'blue' as const), { nil: undefined });
  const values = fc.record({
    sku: fc.string(),
    lines: fc.array(fc.record({ count: fc.integer(), isGift: fc.boolean() })),
    gift: fc.record({ text: fc.constantFrom('', 'hello'), ribbon }),
    speed: fc.constantFrom('slow' as const, 'fast' as const),
  });
  fc.assert(
    fc.property(values, (value) => {
      const wire = z.encode(next, value) as WireValue;
      expect(z.decode(next, withoutDefaults(next, wire) as never)).toEqual(z.decode(next, wire as never));
    }),
  );
});
