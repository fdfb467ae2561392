import type { Class, ObjectExpression } from 'oxc-parser';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from './source-file.js';

/** Whether `abstract class <port> extends Port({ operations: { <operation>: command({ external: true }) } })` is in these files. */
export function isExternalOperation(files: readonly SourceFile[], port: string, operation: string): boolean {
  return files
    .filter((file) => file.role === 'source' && !file.isSql && file.text.includes(`class ${port} `))
    .some((file) => {
      let isExternal = false;
      walk(file.program, (node) => {
        if (node.type === 'ClassDeclaration' && node.id?.name === port)
          isExternal ||= declaresExternal(node, operation);
      });
      return isExternal;
    });
}

function declaresExternal({ superClass }: Class, operation: string): boolean {
  const contract = superClass?.type === 'CallExpression' ? literal(superClass.arguments[0]) : undefined;
  const operations = contract && literal(propertyOf(contract, 'operations'));
  const declared = operations && propertyOf(operations, operation);
  const details = declared?.type === 'CallExpression' ? literal(declared.arguments[0]) : undefined;
  const external = details && propertyOf(details, 'external');
  return external?.type === 'Literal' && external.value === true;
}

function literal(node: { readonly type: string } | undefined): ObjectExpression | undefined {
  return node?.type === 'ObjectExpression' ? (node as ObjectExpression) : undefined;
}
