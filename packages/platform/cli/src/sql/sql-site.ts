/**
 * Where a module's source hands SQL to the database. Found by what is called: `query(…)` of repositories, managers, query
 * runners and data sources, the conditions of query builders, and the expressions in decorators of entities. A text that
 * begins like a statement counts wherever it stands, so that SQL cannot hide in a constant.
 */
import type { Argument, CallExpression, Node } from 'oxc-parser';
import { importStatements } from '../imports/import-statement.js';
import { decoratorsOf } from '../syntax/decorators.js';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';

export interface SqlSite {
  readonly kind: /** Whole statements, handed to the database. Must be readable. */
    | 'statement'
    /** A condition or expression that a query builder or a decorator puts into a statement. */
    | 'fragment'
    /** A text that looks like a statement, wherever it goes. */
    | 'text';
  readonly node: Node;
}

const STATEMENT_METHODS = new Set(['query', 'stream']);
const FRAGMENT_METHODS = new Set([
  'where',
  'andWhere',
  'orWhere',
  'having',
  'andHaving',
  'orHaving',
  'select',
  'addSelect',
  'orderBy',
  'addOrderBy',
  'groupBy',
  'addGroupBy',
]);
const FRAGMENT_DECORATORS = new Set(['Check', 'Exclusion']);
const FRAGMENT_OPTIONS = ['where', 'default', 'expression', 'asExpression', 'onUpdate'] as const;

const STATEMENT_START =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|copy|lock|grant|revoke|comment|set|reset|discard|do|refresh|table|explain)\s/i;

/** Libraries whose objects take SQL. A file that imports none of them has no `query` that is meant here. */
const DATABASE_LIBRARIES = /(^|\/)(typeorm|pg|data)$/;

export function takesSql(file: SourceFile): boolean {
  return importStatements(file).some(({ specifier }) => DATABASE_LIBRARIES.test(specifier));
}

export function sqlSites(file: SourceFile): SqlSite[] {
  const sites: SqlSite[] = [];
  const handed = new Set<Node>();
  const hand = (kind: SqlSite['kind'], node: Node) => {
    sites.push({ kind, node });
    walk(node, (below) => handed.add(below));
  };

  walk(file.program, (node) => {
    if (node.type === 'CallExpression') handCall(node, hand);
    if (node.type === 'ClassDeclaration' || node.type === 'PropertyDefinition') handDecorators(node, hand);
    if (!handed.has(node) && looksLikeStatement(node)) hand('text', node);
  });
  return sites;
}

function handCall(call: CallExpression, hand: (kind: SqlSite['kind'], node: Node) => void): void {
  if (call.callee.type !== 'MemberExpression' || call.callee.property.type !== 'Identifier') return;
  const method = call.callee.property.name;
  const [first] = call.arguments;
  if (!first) return;
  if (STATEMENT_METHODS.has(method)) {
    const statement = statementArgument(first);
    if (statement) hand('statement', statement);
  }
  if (FRAGMENT_METHODS.has(method) && isTextExpression(first)) hand('fragment', first);
}

/** `query({ text })` is node-postgres's form of `query(text)`; any other object is no SQL. */
function statementArgument(argument: Argument): Node | undefined {
  if (argument.type === 'ObjectExpression') return propertyOf(argument, 'text');
  if (argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression') return undefined;
  return argument;
}

/** Query builders also take objects, entities and callbacks: only what is surely a text is read as SQL. */
function isTextExpression(node: Node): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string';
  return node.type === 'TemplateLiteral' || (node.type === 'BinaryExpression' && node.operator === '+');
}

function handDecorators(node: Node, hand: (kind: SqlSite['kind'], node: Node) => void): void {
  for (const { name, arguments: given } of decoratorsOf(node)) {
    for (const argument of given) {
      if (FRAGMENT_DECORATORS.has(name) && isTextExpression(argument)) hand('fragment', argument);
      if (argument.type !== 'ObjectExpression') continue;
      for (const option of FRAGMENT_OPTIONS) {
        const value = propertyOf(argument, option);
        const text = value?.type === 'ArrowFunctionExpression' ? value.body : value;
        // A column's plain `default: 'x'` is a value; only `default: () => 'x'` is an expression.
        if (text && isTextExpression(text) && (option !== 'default' || text !== value)) hand('fragment', text);
      }
    }
  }
}

function looksLikeStatement(node: Node): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string' && STATEMENT_START.test(node.value);
  return node.type === 'TemplateLiteral' && STATEMENT_START.test(node.quasis[0]?.value.cooked ?? '');
}
