import { constantText } from '../syntax/constant-text.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from './source-file.js';

/** The events that a package declares to hear without importing their publisher: `orders.order-placed`, each once, sorted. */
export function heardEvents(files: readonly SourceFile[]): readonly string[] {
  const names = new Set<string>();
  for (const file of files) {
    if (file.role !== 'source' || !file.text.includes('heardEvent(')) continue;
    walk(file.program, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
      const [first] = node.arguments;
      const name = node.callee.name === 'heardEvent' && first ? constantText(first) : undefined;
      if (name !== undefined) names.add(name);
    });
  }
  return [...names].sort();
}
