import { beforeAll, expect, test } from '@jest/globals';
import { procedureBody } from './procedure-bodies.js';
import { schemaNames } from './schema-names.js';
import { loadSqlParser, parseStatements, UnparseableSql } from './sql-parser.js';

beforeAll(loadSqlParser);

const body = (sql: string) => procedureBody(parseStatements(sql)[0]!, sql);
const plpgsql = (text: string) => `CREATE FUNCTION own.f() RETURNS int LANGUAGE plpgsql AS $$ ${text} $$`;

function namesIn(sql: string): string[] {
  const found = body(sql)?.statements.flatMap(schemaNames) ?? [];
  return found.map(({ name }) => name);
}

test('statements, expressions, assignments and declared types of PL/pgSQL are read', () => {
  expect(namesIn(plpgsql('BEGIN PERFORM 1 FROM other.t; RETURN 1; END'))).toEqual(['other.t']);
  expect(namesIn(plpgsql('BEGIN IF (SELECT true FROM other.t) THEN NULL; END IF; RETURN 1; END'))).toEqual(['other.t']);
  expect(namesIn(plpgsql('DECLARE a int; BEGIN a := (SELECT 1 FROM other.t); RETURN a; END'))).toEqual(['other.t']);
  expect(namesIn(plpgsql('DECLARE a other.t; BEGIN RETURN 1; END'))).toEqual(['other.t']);
});

test('bodies in SQL and anonymous blocks are read', () => {
  expect(namesIn('CREATE FUNCTION own.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 FROM other.t $$')).toEqual([
    'other.t',
  ]);
  expect(namesIn('DO $$ BEGIN DELETE FROM other.t; END $$')).toEqual(['other.t']);
});

test('a constant EXECUTE is read, a computed one is told', () => {
  const constant = body(plpgsql("BEGIN EXECUTE 'DELETE FROM other.t'; RETURN 1; END"))!;
  expect(constant.statements.flatMap(schemaNames).map(({ name }) => name)).toEqual(['other.t']);
  expect(constant.executesComputedText).toBe(false);

  const computed = body(plpgsql("BEGIN EXECUTE format('DELETE FROM %I.t', current_user); RETURN 1; END"))!;
  expect(computed.executesComputedText).toBe(true);
});

test('a body in a language that cannot be read counts as computed', () => {
  expect(body("CREATE FUNCTION own.f() RETURNS int LANGUAGE c AS 'object', 'symbol'")?.executesComputedText).toBe(true);
});

test('a body that cannot be parsed is refused', () => {
  expect(() => body(plpgsql('BEGIN SELEC 1; END'))).toThrow(UnparseableSql);
});

test('other statements have no body', () => {
  expect(body('SELECT 1')).toBeUndefined();
});
