import { expect, test } from '@jest/globals';
import { instant, Money, mapOf, misreadings, wireSchema, z } from '@macrolith/contract';

const between = (reader: z.ZodType, writer: z.ZodType) => misreadings(wireSchema(reader), wireSchema(writer));
const inField = (reader: z.ZodType, writer: z.ZodType) => between(z.object({ it: reader }), z.object({ it: writer }));

test('whoever needs less than is written, or leaves it open, reads all of it', () => {
  const writer = z.object({
    orderId: z.uuid(),
    total: Money,
    placedAt: instant(),
    status: z.enum(['placed', 'cancelled']),
    lines: z.array(z.object({ productId: z.string().max(64), quantity: z.int().min(1) })).min(1),
    note: z.string().optional(),
  });
  const reader = z.object({
    orderId: z.string(),
    total: Money,
    placedAt: instant(),
    status: z.enum(['placed', 'cancelled', 'lost']),
    lines: z.array(z.object({ quantity: z.number() })),
    note: z.string().optional(),
    country: z.string().optional(),
  });
  expect(between(reader, writer)).toEqual([]);
  expect(between(writer, writer)).toEqual([]);
});

test('a field that the writer lacks or may leave out cannot be required', () => {
  const reader = z.object({ orderId: z.string(), at: z.object({ city: z.string(), zip: z.string() }) });
  const writer = z.object({ at: z.object({ city: z.string().optional(), zip: z.string() }) });
  expect(between(reader, writer)).toEqual([
    { path: '/orderId', message: 'is required, and the publisher has no such field' },
    { path: '/at/city', message: 'is required, and the publisher may leave it out' },
  ]);
});

test.each([
  ['another kind of value', z.string(), z.number(), 'string is expected, and number may be written'],
  ['a fraction', z.int(), z.number(), 'integer is expected, and number may be written'],
  ['null', z.string(), z.string().nullable(), 'string is expected, and null may be written'],
  ['an unknown word', z.enum(['a']), z.enum(['a', 'b']), 'b may be written and cannot be read'],
  ['any word', z.enum(['a']), z.string(), 'only a can be read, and anything may be written'],
  ['free text', instant(), z.string(), 'the format date-time is expected, and not promised'],
  ['a longer text', z.string().max(5), z.string().max(6), 'maxLength 5 is expected, and not promised'],
  ['a text of any length', z.string().min(1), z.string(), 'minLength 1 is expected, and not promised'],
  [
    'one form of several',
    z.union([z.literal('a'), z.boolean()]),
    z.union([z.literal('a'), z.int()]),
    'none of the forms that are expected is the one that may be written',
  ],
])('%s that may be written and not be read is told', (_, reader, writer, message) => {
  expect(inField(reader, writer)).toMatchObject([{ path: '/it', message }]);
});

test('lists, records, tuples and maps are compared by what is in them', () => {
  expect(inField(z.array(z.string()), z.array(z.int()))).toMatchObject([{ path: '/it/*' }]);
  expect(inField(z.record(z.string(), z.string()), z.record(z.string(), z.int()))).toMatchObject([{ path: '/it/*' }]);
  expect(inField(z.tuple([z.int(), z.int()]), z.tuple([z.int(), z.string()]))).toMatchObject([{ path: '/it/1' }]);
  expect(inField(mapOf(z.string(), z.int()), mapOf(z.string(), z.string()))).not.toEqual([]);
});

test('a value that is written as one of few fits whatever form they have', () => {
  expect(
    inField(
      z
        .string()
        .min(1)
        .regex(/^[a-z]+$/),
      z.enum(['a', 'b']),
    ),
  ).toEqual([]);
});
