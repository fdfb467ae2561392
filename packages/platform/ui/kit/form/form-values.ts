import type { FieldValue } from './field-value.js';

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Fields named by paths as the object they describe: `lines.0.quantity` → `{ lines: [{ quantity }] }`. Empty ones are left out. */
export function nest(fields: readonly (readonly [name: string, value: FieldValue])[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    if (value !== undefined) put(root, name.split('.'), value);
  }
  return root;
}

function put(root: Record<string, unknown>, segments: readonly string[], value: FieldValue): void {
  let place = root;
  for (const [index, segment] of segments.entries()) {
    if (UNSAFE.has(segment)) throw new RangeError(`A field cannot be named '${segment}'.`);
    const next = segments[index + 1];
    if (next === undefined) {
      place[segment] = value;
      return;
    }
    const container = place[segment] ?? (/^\d+$/.test(next) ? [] : {});
    place[segment] = container;
    place = container as Record<string, unknown>;
  }
}
