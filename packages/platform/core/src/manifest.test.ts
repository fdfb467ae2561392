import { describe, expect, test } from '@jest/globals';
import { Port } from '@macrolith/contract';
import { defineModule, InvalidManifest } from './manifest.js';

abstract class Sales extends Port({ name: 'sales', version: '1.0.0', operations: {} }) {}

const inSchema = (schema: string) => defineModule(Sales, { owner: 'team-sales', schema });

describe('a schema whose name is a word of SQL is refused, since statements name schemas without quotes', () => {
  test.each([
    'all',
    'and',
    'any',
    'array',
    'as',
    'case',
    'check',
    'column',
    'constraint',
    'create',
    'current_user',
    'default',
    'desc',
    'do',
    'else',
    'end',
    'except',
    'false',
    'fetch',
    'for',
    'from',
    'grant',
    'group',
    'having',
    'in',
    'limit',
    'not',
    'null',
    'offset',
    'on',
    'or',
    'order',
    'primary',
    'references',
    'returning',
    'select',
    'session_user',
    'some',
    'system_user',
    'table',
    'then',
    'to',
    'true',
    'union',
    'unique',
    'user',
    'using',
    'when',
    'where',
    'window',
    'with',
    'authorization',
    'binary',
    'collation',
    'cross',
    'current_schema',
    'freeze',
    'full',
    'ilike',
    'inner',
    'is',
    'join',
    'left',
    'like',
    'natural',
    'outer',
    'overlaps',
    'right',
    'similar',
    'tablesample',
    'verbose',
  ])('%s', (schema) => {
    expect(() => inSchema(schema)).toThrow(InvalidManifest);
    expect(() => inSchema(schema)).toThrow(
      `The manifest of 'sales' names the schema '${schema}', a word that SQL keeps to itself: statements name schemas without quotes. Set another one: schema: '${schema}_data'.`,
    );
  });
});

test.each(['orders', 'users', 'groups', 'order_data', 'events', 'values', 'time', 'name'])(
  'a schema may be called %s',
  (schema) => {
    expect(inSchema(schema).schema).toBe(schema);
  },
);

test('a module whose name is a word of SQL gives its schema another name', () => {
  abstract class Order extends Port({ name: 'order', version: '1.0.0', operations: {} }) {}

  expect(() => defineModule(Order, { owner: 'team-sales' })).toThrow("names the schema 'order'");
  expect(defineModule(Order, { owner: 'team-sales', schema: 'orders' })).toMatchObject({
    name: 'order',
    schema: 'orders',
  });
});
