import { describe, expect, test } from '@jest/globals';
import { wireSchema, z } from '@macrolith/contract';
import type { JsonSchema } from './json-schema.js';
import { fitsText, fromText, type TextValue } from './query-values.js';

describe('Text of a URL as a JSON value', () => {
  const Letter: z.ZodType = z.enum(['a', 'b']).meta({ id: 'Letter' });

  test.each<[string, z.ZodType, TextValue, unknown]>([
    ['a text stays a text', z.string(), '12', '12'],
    ['an integer', z.int(), '-12', -12],
    ['a number', z.number(), '1.5e3', 1500],
    ['a boolean', z.boolean(), 'false', false],
    ['an optional integer', z.int().optional(), '3', 3],
    ['a nullable integer', z.int().nullable(), '3', 3],
    ['a literal number', z.literal([1, 2]), '2', 2],
    ['a choice of text and number is a text', z.union([z.int(), z.string()]), '2', '2'],
    ['a named part', z.array(Letter), 'a', ['a']],
    ['a list of one', z.array(z.int()), '1', [1]],
    ['a list of many', z.array(z.boolean()), ['true', 'false'], [true, false]],
    ['leading zeros are no number', z.int(), '007', '007'],
    ['blanks are no number', z.int(), ' 7', ' 7'],
    ['a hexadecimal is no number', z.int(), '0x10', '0x10'],
    ['two values for one stay two', z.string(), ['a', 'b'], ['a', 'b']],
  ])('%s', (_what, schema, text, value) => {
    const json = wireSchema(z.object({ it: schema })) as JsonSchema;
    expect(fromText(text, json.properties!.it!, json)).toEqual(value);
  });

  test('cannot be an object, or a list of objects', () => {
    const json = wireSchema(
      z.object({ a: z.object({}), b: z.array(z.object({})), c: z.array(z.string()) }),
    ) as JsonSchema;
    expect(['a', 'b', 'c'].map((name) => fitsText(json.properties![name]!, json))).toEqual([false, false, true]);
  });
});
