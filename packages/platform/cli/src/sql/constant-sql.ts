import type { ArrayExpression, CallExpression, Expression, MemberExpression, Node, TemplateLiteral } from 'oxc-parser';
import type { SourceFile } from '../workspace/source-file.js';
import type { Constants } from './constants.js';
import { SqlText } from './sql-text.js';

/** An expression whose text is known only at run time. */
export interface ComputedText {
  /** What cannot be known. */
  readonly culprit: Node;
  readonly file: SourceFile;
  /** Whether the culprit is a part of a text, so that the whole surely is one. */
  readonly inText: boolean;
}

/** Texts that an expression can have (`a ? 'x' : 'y'` has two), or what keeps them from being known. */
export type ConstantSql = { readonly texts: readonly SqlText[] } | { readonly computed: ComputedText };

/** More alternatives than a reader would follow are taken for computed. */
const MAX_TEXTS = 64;

/** What is known about names besides what the expression itself says. */
export interface KnownNames {
  readonly constants: Constants;
  /** Parameters that the database library fills with the name of a column. */
  readonly columns: ReadonlySet<string>;
}

/** Evaluates literals, templates, `+`, conditions and constants of the same module. Calls and parameters are computed. */
export function constantSql(node: Node, file: SourceFile, known: KnownNames, depth = 0): ConstantSql {
  const computed = { computed: { culprit: node, file, inText: false } };
  const evaluate = (inner: Node) => constantSql(inner, file, known, depth + 1);
  if (depth > 40) return computed;

  switch (node.type) {
    case 'Literal':
      return literal(node.value, node, file) ?? computed;
    case 'TemplateLiteral':
      return concat(templateParts(node, file, evaluate)) ?? computed;
    case 'TaggedTemplateExpression':
      return isRaw(node.tag) ? evaluate(node.quasi) : computed;
    case 'BinaryExpression':
      return (node.operator === '+' && concat([evaluate(node.left), evaluate(node.right)])) || computed;
    case 'ConditionalExpression':
      return either(evaluate(node.consequent), evaluate(node.alternate));
    case 'LogicalExpression':
      return node.operator === '&&' ? computed : either(evaluate(node.left), evaluate(node.right));
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return evaluate(node.expression);
    case 'Identifier': {
      if (known.columns.has(node.name)) return { texts: [SqlText.of('known_column', file, node.start, false)] };
      const constant = known.constants.named(file, node.name);
      return constant ? constantSql(constant.value, constant.file, known, depth + 1) : computed;
    }
    case 'MemberExpression': {
      const constant = memberConstant(node, file, known.constants);
      return constant ? constantSql(constant.value, constant.file, known, depth + 1) : computed;
    }
    case 'CallExpression':
      return joined(node, file, evaluate) ?? computed;
    default:
      return computed;
  }
}

function literal(value: unknown, node: Node, file: SourceFile): ConstantSql | undefined {
  if (typeof value === 'number') return { texts: [SqlText.of(String(value), file, node.start, true)] };
  if (typeof value !== 'string') return undefined;
  const exact = file.text.slice(node.start + 1, node.end - 1) === value;
  return { texts: [SqlText.of(value, file, node.start + 1, exact)] };
}

function templateParts(
  template: TemplateLiteral,
  file: SourceFile,
  evaluate: (node: Expression) => ConstantSql,
): ConstantSql[] {
  return template.quasis.flatMap((quasi, index) => {
    const cooked = quasi.value.cooked ?? quasi.value.raw;
    // In TypeScript's tree an element begins with its delimiter, in JavaScript's right after it.
    const offset = file.text.startsWith(quasi.value.raw, quasi.start) ? quasi.start : quasi.start + 1;
    const text: ConstantSql = { texts: [SqlText.of(cooked, file, offset, cooked === quasi.value.raw)] };
    const expression = template.expressions[index];
    return expression ? [text, evaluate(expression)] : [text];
  });
}

function isRaw(tag: Expression): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag.object.type === 'Identifier' &&
    tag.object.name === 'String' &&
    tag.property.type === 'Identifier' &&
    tag.property.name === 'raw'
  );
}

function memberConstant(node: MemberExpression, file: SourceFile, constants: Constants) {
  if (node.computed) return undefined;
  const name = (node.property as { name?: string }).name;
  if (name === undefined) return undefined;
  if (node.object.type === 'ThisExpression') return constants.property(file, name);
  return node.object.type === 'Identifier' ? constants.member(file, node.object.name, name) : undefined;
}

/** `['a', 'b'].join(', ')` */
function joined(
  { callee, arguments: given }: CallExpression,
  file: SourceFile,
  evaluate: (node: Node) => ConstantSql,
): ConstantSql | undefined {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'ArrayExpression') return undefined;
  if (callee.property.type !== 'Identifier' || callee.property.name !== 'join') return undefined;
  const separator = given[0] ? evaluate(given[0]) : { texts: [SqlText.of(',', file, callee.start, false)] };
  const items = (callee.object as ArrayExpression).elements.map((element) => element && evaluate(element));
  if (!items.every((item) => item !== null)) return undefined;
  return concat(items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));
}

function concat(parts: readonly ConstantSql[]): ConstantSql | undefined {
  let texts: SqlText[] = [SqlText.join([])];
  for (const part of parts) {
    if ('computed' in part) return { computed: { ...part.computed, inText: true } };
    texts = texts.flatMap((before) => part.texts.map((after) => SqlText.join([before, after])));
    if (texts.length > MAX_TEXTS) return undefined;
  }
  return { texts };
}

function either(one: ConstantSql, other: ConstantSql): ConstantSql {
  if ('computed' in one) return one;
  if ('computed' in other) return other;
  return { texts: [...one.texts, ...other.texts] };
}
