import type { Node } from 'oxc-parser';
import { constantText } from './constant-text.js';

/** The name of a property or method as it is declared, private ones included; undefined when it is computed. */
export function nameOf(key: Node): string | undefined {
  return key.type === 'Identifier' || key.type === 'PrivateIdentifier' ? key.name : undefined;
}

/** What a member expression reaches for: `b` of `a.b` and of `a['b']`; undefined for another node, and when it is computed. */
export function memberName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  return node.computed ? constantText(node.property) : nameOf(node.property);
}
