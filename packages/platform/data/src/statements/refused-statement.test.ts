import { describe, expect, test } from '@jest/globals';
import { refusalOf } from './refused-statement.js';

describe('refusalOf', () => {
  test.each([
    "SELECT set_config('app.tenant', 'a', false)",
    "SELECT set_config('app.tenant', 'a', true)",
    "SELECT pg_catalog . set_config /* now */ ('search_path', $1, false)",
    `SELECT "set_config"('role', 'postgres', false)`,
    "WITH setting AS (SELECT SET_CONFIG('a.b', 'c', false)) SELECT * FROM setting",
    "SELECT 'it''s', E'it\\'s', set_config('a.b', 'c', false)",
    "SELECT $$it's$$, set_config('a.b', 'c', false)",
    "DO $do$ BEGIN PERFORM set_config('role', 'postgres', false); END $do$",
    "DO 'BEGIN PERFORM set_config(''role'', ''postgres'', false); END'",
    'SELECT id INTO TEMP scratch FROM orders.orders',
    'SELECT id INTO TEMPORARY TABLE scratch FROM orders.orders',
    'WITH one AS (SELECT 1) SELECT * INTO LOCAL TEMP scratch FROM one',
    'CREATE OR REPLACE TEMP VIEW scratch AS SELECT 1',
    'CREATE /* for a while */ TEMP TABLE scratch (id integer)',
    'DECLARE mine CURSOR WITH HOLD FOR SELECT 1',
    'declare mine binary insensitive no scroll cursor with  hold for select 1',
    'PREPARE mine AS SELECT 1',
    'EXECUTE mine',
    'DEALLOCATE ALL',
    'SELECT pg_advisory_lock(1)',
    'SELECT pg_catalog.pg_try_advisory_lock (1, 2)',
    'SELECT pg_advisory_lock_shared(1)',
    'SELECT "pg_try_advisory_lock_shared"(1)',
    'SELECT pg_advisory_unlock(1)',
    'SELECT pg_advisory_unlock_all()',
  ])('refuses %s', (text) => {
    expect(refusalOf(text)).toBeDefined();
  });

  test.each([
    'SELECT pg_advisory_xact_lock(1)',
    'SELECT pg_try_advisory_xact_lock_shared(1)',
    "SELECT current_setting('app.tenant')",
    "INSERT INTO orders.notes (text) VALUES ('call set_config(1) and pg_advisory_lock(1), select into temp x')",
    "SELECT E'it\\'s set_config(', 'it''s pg_advisory_lock('",
    'SELECT 1 -- not set_config(1)',
    'SELECT 1 /* not /* even */ pg_advisory_lock(1) */',
    'SELECT note AS "set_config (old)", "pg_advisory_lock" FROM orders.notes',
    'SELECT set_config, set_config_at FROM orders.settings',
    'SELECT orders.reset_config(1)',
    'INSERT INTO temp.readings VALUES (1)',
    'INSERT INTO orders.temp SELECT 1',
    'INSERT INTO orders.temperatures (temp) VALUES (1)',
    'DECLARE mine CURSOR FOR SELECT 1',
    'DECLARE mine CURSOR WITHOUT HOLD FOR SELECT 1',
    'CREATE TEMP TABLE scratch (id integer) ON COMMIT DROP',
    'SELECT $1, a$b$c FROM orders.orders',
    "SELECT 'unclosed set_config(",
  ])('lets pass %s', (text) => {
    expect(refusalOf(text)).toBeUndefined();
  });

  test('takes text between dollars for code, and says what to do then', () => {
    expect(refusalOf('INSERT INTO orders.notes VALUES ($$set_config(1)$$)')?.remedy).toContain('into a parameter');
    expect(refusalOf('SELECT orders.set_config(1)')?.remedy).toContain('another name');
  });
});
