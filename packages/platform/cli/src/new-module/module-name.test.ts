import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '@macrolith/local-services';
import { Client } from 'pg';
import { UsageError } from '../usage-error.js';
import { moduleName } from './module-name.js';
import { RESERVED_IN_SQL } from './reserved-words.js';

describe('no module is called by a word of the language, in which nothing could be declared', () => {
  test.each([
    'await',
    'break',
    'case',
    'catch',
    'class',
    'const',
    'continue',
    'debugger',
    'default',
    'delete',
    'do',
    'else',
    'enum',
    'export',
    'extends',
    'false',
    'finally',
    'for',
    'function',
    'if',
    'import',
    'in',
    'instanceof',
    'new',
    'null',
    'return',
    'super',
    'switch',
    'this',
    'throw',
    'true',
    'try',
    'typeof',
    'var',
    'void',
    'while',
    'with',
    'yield',
    'implements',
    'interface',
    'let',
    'package',
    'private',
    'protected',
    'public',
    'static',
    'arguments',
    'eval',
    'undefined',
  ])('%s', (name) => {
    expect(() => moduleName(name)).toThrow(UsageError);
    expect(() => moduleName(name)).toThrow(`A module cannot be called '${name}': `);
  });
});

describe('no module is called by a word of SQL, which its schema could not be', () => {
  test.each([
    'order',
    'user',
    'group',
    'table',
    'select',
    'end',
    'grant',
    'limit',
    'offset',
    'check',
    'column',
    'references',
    'union',
    'full',
    'left',
    'right',
    'like',
    'join',
    'binary',
    'collation',
    'authorization',
    'verbose',
    'current-user',
    'session-user',
    'current-schema',
    'system-user',
  ])('%s', (name) => {
    expect(() => moduleName(name)).toThrow(`A module cannot be called '${name}': SQL keeps that word to itself.`);
  });
});

test.each(['orders', 'users', 'order-book', 'new-arrivals', 'values', 'async', 'type', 'time'])(
  'a module may be called %s',
  (name) => {
    expect(moduleName(name).kebab).toBe(name);
  },
);

test('every word is refused that PostgreSQL itself says it reserves', async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  try {
    await client.connect();
    const { rows } = await client.query<{ word: string }>(
      "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T') ORDER BY word",
    );
    expect([...RESERVED_IN_SQL].sort()).toEqual(rows.map(({ word }) => word));
  } finally {
    await client.end();
    await database.drop();
  }
});
