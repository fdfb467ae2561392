import type { Expression, ObjectExpression } from 'oxc-parser';

/** The value written for a key of an object literal; a computed key does not count. */
export function propertyOf(literal: ObjectExpression, key: string): Expression | undefined {
  for (const property of literal.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const name = property.key.type === 'Identifier' ? property.key.name : undefined;
    const quoted = property.key.type === 'Literal' ? property.key.value : undefined;
    if (name === key || quoted === key) return property.value as Expression;
  }
  return undefined;
}
