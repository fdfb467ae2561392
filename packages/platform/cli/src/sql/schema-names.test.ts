import { beforeAll, expect, test } from '@jest/globals';
import { schemaNames } from './schema-names.js';
import { loadSqlParser, parseStatements } from './sql-parser.js';

beforeAll(loadSqlParser);

test.each([
  ['SELECT 1 FROM other.t', 'other.t'],
  ['SELECT other.f(1)', 'other.f'],
  ['SELECT x::other.kind FROM own.t', 'own.t, other.kind'],
  ['SELECT other.t.a, x.a FROM own.t AS x', 'other.t.a, own.t'],
  ['SELECT 1 OPERATOR(other.+) 2', 'other.+'],
  ['SELECT a COLLATE other.c FROM own.t', 'other.c, own.t'],
  ["SELECT nextval('other.s'), 'other.t'::regclass, to_regclass('\"other\".t')", 'other.s, other.t, "other".t'],
  ["SELECT 'other'::regnamespace", 'other'],
  ['WITH x AS (DELETE FROM other.t RETURNING *) INSERT INTO own.t SELECT * FROM x', 'other.t, own.t'],
  ['MERGE INTO own.t USING other.t AS s ON s.a = t.a WHEN MATCHED THEN DELETE', 'own.t, other.t'],
  ['ALTER TABLE own.t ADD FOREIGN KEY (a) REFERENCES other.t', 'own.t, other.t'],
  ['CREATE TABLE own.t (LIKE other.t) INHERITS (other.u)', 'own.t, other.t, other.u'],
  ['CREATE INDEX ON own.t USING gin (a other.ops)', 'own.t, other.ops'],
  ['CREATE TRIGGER x BEFORE INSERT ON own.t FOR EACH ROW EXECUTE FUNCTION other.f()', 'own.t, other.f'],
  ['CREATE DOMAIN other.d AS text', 'other.d'],
  ["CREATE TYPE other.e AS ENUM ('x')", 'other.e'],
  ['CREATE EXTENSION pg_trgm SCHEMA other', 'other'],
  ['CREATE SEQUENCE own.s OWNED BY other.t.a', 'own.s, other.t.a'],
  ['CREATE FUNCTION own.f() RETURNS int BEGIN ATOMIC SELECT 1 FROM other.t; END', 'own.f, other.t'],
  ['ALTER TABLE own.t SET SCHEMA other', 'own.t, other'],
  ['ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO x', 'other'],
  ['DROP TABLE other.t, other.u', 'other.t, other.u'],
  ['DROP TRIGGER x ON other.t', 'other.t.x'],
  ['DROP FUNCTION other.f(int)', 'other.f'],
  ['DROP SCHEMA other CASCADE', 'other'],
  ["COMMENT ON COLUMN other.t.a IS 'x'", 'other.t.a'],
  ['GRANT SELECT ON ALL TABLES IN SCHEMA other TO x', 'other'],
  ['LOCK TABLE other.t', 'other.t'],
  ['TRUNCATE other.t', 'other.t'],
  ['COPY other.t FROM STDIN', 'other.t'],
])('%s', (sql, names) => {
  const found = parseStatements(sql).flatMap(schemaNames);
  const named = found.filter(({ schema }) => schema !== 'pg_catalog').map(({ name }) => name);
  expect(named.sort()).toEqual(names.split(', ').sort());
});

test('an alias, a column and a local name are no schemas', () => {
  const [statement] = parseStatements(
    'SELECT line.a, (line.part).b FROM own.line JOIN LATERAL (SELECT 1 AS a) x ON x.a = line.a',
  );
  expect(schemaNames(statement!).map(({ name }) => name)).toEqual(['own.line']);
});
