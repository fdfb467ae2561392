import { type Node, visitorKeys } from 'oxc-parser';

/** Calls `visit` for a node and everything below it, parents first. `ancestors` begins with the outermost. */
export function walk(root: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  visitBelow(root, [], visit);
}

function visitBelow(node: Node, ancestors: Node[], visit: (node: Node, ancestors: readonly Node[]) => void): void {
  visit(node, ancestors);
  const keys = visitorKeys[node.type];
  if (!keys) return;
  ancestors.push(node);
  for (const key of keys) {
    const child = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const item of child) if (item) visitBelow(item, ancestors, visit);
    } else if (child) {
      visitBelow(child as Node, ancestors, visit);
    }
  }
  ancestors.pop();
}
