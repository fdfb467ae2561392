/** Names of tables that TypeORM's builders and migration API take as plain texts, outside any SQL. */
import type { CallExpression, NewExpression, Node } from 'oxc-parser';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import { constantSql } from './constant-sql.js';
import type { Constants } from './constants.js';
import type { SqlFinding } from './sql-inspection.js';
import type { SqlText } from './sql-text.js';

/** Methods of query builders, query runners and managers whose first argument names a table. */
const TABLE_METHODS =
  /^(from|into|update|delete|getRepository|createQueryBuilder|(get|has|create|drop|rename|change|clear)Table\w*|(add|drop|rename|change)Columns?|(create|drop)(Index|Indices|ForeignKeys?|UniqueConstraints?|PrimaryKey|View|CheckConstraints?))$/;
const SCHEMA_METHODS = /^(create|drop)Schema$/;
const JOIN_METHODS = /^(inner|left)Join(AndSelect|AndMapOne|AndMapMany)?$/;
const SCHEMA_CLASSES = /^(Table|TableForeignKey|View|EntitySchema)$/;

export function relationNames(file: SourceFile, ownSchema: string, constants: Constants): SqlFinding[] {
  const findings: SqlFinding[] = [];
  const check = (node: Node | undefined, schemaOf: (text: string) => string | undefined) => {
    const sql = node && constantSql(node, file, { constants, columns: new Set() });
    if (!sql || !('texts' in sql)) return;
    findings.push(...sql.texts.flatMap((text) => foreign(text, schemaOf(text.text), ownSchema)));
  };

  const texts = new Set<string>();
  const joined: Node[] = [];
  walk(file.program, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') texts.add(node.value);
    if (node.type === 'CallExpression') {
      checkCall(node, check);
      if (JOIN_METHODS.test(methodOf(node) ?? '') && node.arguments[0]) joined.push(node.arguments[0]);
    }
    if (node.type === 'NewExpression') checkConstruction(node, check);
  });
  // A join takes `alias.property` as well as a table. An alias is declared somewhere as a text of its own.
  for (const node of joined) check(node, (text) => outsideOf(texts, schemaOfName(text)));
  return findings;
}

function outsideOf(aliases: ReadonlySet<string>, name: string | undefined): string | undefined {
  return name !== undefined && aliases.has(name) ? undefined : name;
}

type Check = (node: Node | undefined, schemaOf: (text: string) => string | undefined) => void;

function checkCall(call: CallExpression, check: Check): void {
  const method = methodOf(call) ?? '';
  if (TABLE_METHODS.test(method)) check(call.arguments[0], schemaOfName);
  if (SCHEMA_METHODS.test(method)) check(call.arguments[0], (text) => text);
}

function methodOf({ callee }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  return callee.property.name;
}

function checkConstruction({ callee, arguments: given }: NewExpression, check: Check): void {
  if (callee.type !== 'Identifier' || !SCHEMA_CLASSES.test(callee.name)) return;
  const [options] = given;
  if (options?.type !== 'ObjectExpression') return;
  check(propertyOf(options, 'name'), schemaOfName);
  check(propertyOf(options, 'referencedTableName'), schemaOfName);
  check(propertyOf(options, 'schema'), (text) => text);
  check(propertyOf(options, 'referencedSchema'), (text) => text);
}

function schemaOfName(name: string): string | undefined {
  return name.match(/^"?(\w+)"?\."?\w+"?$/)?.[1];
}

function foreign(text: SqlText, schema: string | undefined, ownSchema: string): SqlFinding[] {
  if (schema === undefined || schema === ownSchema || schema === 'pg_catalog') return [];
  return [{ kind: 'foreign-schema', what: text.text, schema, place: text.placeOf(0) }];
}
