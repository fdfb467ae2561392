import type { Class, Node } from 'oxc-parser';
import { declarationOf } from '../exports/named-declaration.js';
import type { ImportGraph } from '../imports/import-graph.js';
import type { SourceFile } from '../workspace/source-file.js';

/** The class of the workspace that a class is derived from, if it is from one. */
export function baseClass(
  owner: Node,
  file: SourceFile,
  graph: ImportGraph,
): { readonly node: Class; readonly file: SourceFile } | undefined {
  const named = owner.type === 'ClassDeclaration' && owner.superClass?.type === 'Identifier' ? owner.superClass : null;
  const declared = named ? declarationOf(file, named.name, graph) : undefined;
  if (declared?.node.type !== 'ClassDeclaration' || declared.node === owner) return undefined;
  return { node: declared.node, file: declared.file };
}
