import type { Node } from 'oxc-parser';

/** The text that a literal is; undefined for everything that must be computed. */
export function constantText(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  if (node.type === 'TSAsExpression' || node.type === 'ParenthesizedExpression') return constantText(node.expression);
  return undefined;
}
