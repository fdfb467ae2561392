import type { Class } from 'oxc-parser';
import { constantText } from '../syntax/constant-text.js';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from './source-file.js';

/** The `name` in `abstract class <port> extends Port({ name: 'catalog', … })`, wherever the package declares that class. */
export function contractName(files: readonly SourceFile[], port: string): string | undefined {
  for (const file of files) {
    if (file.role !== 'source' || !file.text.includes(`class ${port} `)) continue;
    let name: string | undefined;
    walk(file.program, (node) => {
      if (node.type === 'ClassDeclaration' && node.id?.name === port) name ??= nameInPortCall(node);
    });
    if (name !== undefined) return name;
  }
  return undefined;
}

function nameInPortCall({ superClass }: Class): string | undefined {
  if (superClass?.type !== 'CallExpression') return undefined;
  const [literal] = superClass.arguments;
  const name = literal?.type === 'ObjectExpression' ? propertyOf(literal, 'name') : undefined;
  return name && constantText(name);
}
