import type { SqlNode } from './sql-parser.js';

/** Calls `visit` with every kind of node in a tree, its fields, and the kinds above it, outermost first. */
export function walkSql(
  tree: unknown,
  visit: (kind: string, fields: SqlNode, above: readonly string[]) => void,
  above: readonly string[] = [],
): void {
  if (Array.isArray(tree)) {
    for (const item of tree) walkSql(item, visit, above);
    return;
  }
  if (!isNode(tree)) return;
  for (const [key, value] of Object.entries(tree)) {
    if (isNode(value)) visit(key, value, above);
    walkSql(value, visit, typeof value === 'object' ? [...above, key] : above);
  }
}

export function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a name such as `catalog.product`, from `[{ String: { sval } }, …]`; undefined for anything else. */
export function nameParts(list: unknown): string[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const parts = list.map(textOf);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** The text of `{ String: { sval } }`. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node) || !isNode(node.String)) return undefined;
  return typeof node.String.sval === 'string' ? node.String.sval : '';
}

/** The text of `{ A_Const: { sval: { sval } } }`, also behind a cast. */
export function constantOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (isNode(node.TypeCast)) return constantOf(node.TypeCast.arg);
  if (!isNode(node.A_Const) || !isNode(node.A_Const.sval)) return undefined;
  return typeof node.A_Const.sval.sval === 'string' ? node.A_Const.sval.sval : '';
}

/** Where a node stands in the statement, in bytes; undefined when the parser kept no place. */
export function locationOf(fields: SqlNode): number | undefined {
  return typeof fields.location === 'number' && fields.location >= 0 ? fields.location : undefined;
}
