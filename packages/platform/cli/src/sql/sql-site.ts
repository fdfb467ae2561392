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
    /** What a query builder takes where it also takes objects and callbacks: SQL if it turns out to be a text. */
    | 'argument'
    /** A text that looks like a statement, wherever it goes. */
    | 'text';
  readonly node: Node;
  /** Parameters inside the expression that TypeORM fills with the name of a column. */
  readonly columns: readonly string[];
}

const STATEMENT_METHODS = new Set(['query', 'stream']);
/** Methods of query builders, by the place of the argument that they put into the statement as it is. */
const FRAGMENT_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ...['where', 'andWhere', 'orWhere', 'having', 'andHaving', 'orHaving'].map((method) => [method, 0] as const),
  ...['select', 'addSelect', 'orderBy', 'addOrderBy', 'groupBy', 'addGroupBy'].map((method) => [method, 0] as const),
  ...['returning', 'addCommonTableExpression'].map((method) => [method, 0] as const),
  ...['innerJoin', 'leftJoin', 'innerJoinAndSelect', 'leftJoinAndSelect'].map((method) => [method, 2] as const),
]);
/** Methods that take values, among them functions that answer an expression: `set({ quantity: () => 'quantity + 1' })`. */
const VALUE_METHODS = new Set(['set', 'values', 'update', 'insert']);
const FRAGMENT_DECORATORS = new Set(['Check', 'Exclusion']);
const FRAGMENT_OPTIONS = ['where', 'default', 'expression', 'asExpression', 'onUpdate'] as const;

const STATEMENT_START =
  /^(?:\s|\(|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|copy|lock|grant|revoke|comment|set|reset|discard|do|refresh|table|explain)\s/i;

/** Libraries whose objects take SQL. A file that imports none of them has no `query` that is meant here. */
const DATABASE_LIBRARIES = /(^|\/)(typeorm|pg|data)$/;

export function takesSql(file: SourceFile): boolean {
  return importStatements(file).some(({ specifier }) => DATABASE_LIBRARIES.test(specifier));
}

export function sqlSites(file: SourceFile): SqlSite[] {
  const sites: SqlSite[] = [];
  const handed = new Set<Node>();
  const hand: Hand = (kind, node, columns = []) => {
    sites.push({ kind, node, columns });
    walk(node, (below) => handed.add(below));
  };

  walk(file.program, (node) => {
    if (node.type === 'CallExpression') handCall(node, hand);
    if (node.type === 'ClassDeclaration' || node.type === 'PropertyDefinition') handDecorators(node, hand);
    if (!handed.has(node) && looksLikeStatement(node)) hand('text', node);
  });
  return sites;
}

type Hand = (kind: SqlSite['kind'], node: Node, columns?: readonly string[]) => void;

function handCall(call: CallExpression, hand: Hand): void {
  const { callee, arguments: given } = call;
  if (callee.type === 'Identifier' && callee.name === 'Raw') handExpression(given[0], hand);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;

  const method = callee.property.name;
  const statement = STATEMENT_METHODS.has(method) && given[0] ? statementArgument(given[0]) : undefined;
  if (statement) hand('statement', statement);
  const fragment = given[FRAGMENT_ARGUMENT.get(method) ?? -1];
  const fragments = fragment?.type === 'ArrayExpression' ? fragment.elements : [fragment];
  for (const node of fragments) if (node) hand(isTextExpression(node) ? 'fragment' : 'argument', node);
  if (VALUE_METHODS.has(method)) handComputedValues(given, hand);
}

function handComputedValues(given: readonly Node[], hand: Hand): void {
  for (const argument of given) {
    if (argument.type !== 'ObjectExpression') continue;
    for (const property of argument.properties) {
      if (property.type === 'Property' && property.value.type === 'ArrowFunctionExpression') {
        handExpression(property.value, hand);
      }
    }
  }
}

/** A text, or a function that answers one: `Raw((column) => `${column} > now()`)`. */
function handExpression(node: Node | undefined, hand: Hand): void {
  const isFunction = node?.type === 'ArrowFunctionExpression';
  const text = isFunction ? node.body : node;
  if (!text || text.type === 'BlockStatement') return;
  const columns = isFunction ? node.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])) : [];
  hand(isTextExpression(text) ? 'fragment' : 'argument', text, columns);
}

/** `query({ text })` is node-postgres's form of `query(text)`; any other object is no SQL. */
function statementArgument(argument: Argument): Node | undefined {
  if (argument.type === 'ObjectExpression') return propertyOf(argument, 'text');
  if (argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression') return undefined;
  return argument;
}

function isTextExpression(node: Node): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string';
  return node.type === 'TemplateLiteral' || (node.type === 'BinaryExpression' && node.operator === '+');
}

function handDecorators(node: Node, hand: Hand): void {
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
