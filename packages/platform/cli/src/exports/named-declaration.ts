import type { Node } from 'oxc-parser';
import type { ImportGraph } from '../imports/import-graph.js';
import type { SourceFile } from '../workspace/source-file.js';
import { topLevelDeclarations } from './declarations.js';
import { exportedNames } from './exported-names.js';

/** What a name stands for, wherever the workspace declares it. */
export interface NamedDeclaration {
  readonly name: string;
  readonly file: SourceFile;
  readonly node: Node;
}

/**
 * Follows a name of a file, or `namespace.Name`, to where it is declared, through imports and re-exports of the workspace. Undefined for what is local
 * to a function, comes from outside the workspace, or is nowhere.
 */
export function declarationOf(file: SourceFile, name: string, graph: ImportGraph): NamedDeclaration | undefined {
  return find(file, name, graph, new Set());
}

function find(file: SourceFile, name: string, graph: ImportGraph, seen: Set<string>): NamedDeclaration | undefined {
  const node = topLevelDeclarations(file).get(name);
  if (node) return { name, file, node };
  const [first, member] = name.split('.');
  for (const { statement, target } of graph.importsOf(file)) {
    const imported = statement.names.find(({ local }) => local === first);
    if (!imported) continue;
    const from = target.kind === 'entry' || target.kind === 'path' ? target.file : undefined;
    const wanted = imported.imported === '*' ? member : imported.imported;
    return from && wanted !== undefined ? findExport(from, wanted, graph, seen) : undefined;
  }
  return undefined;
}

function findExport(
  file: SourceFile,
  name: string,
  graph: ImportGraph,
  seen: Set<string>,
): NamedDeclaration | undefined {
  const key = `${file.path} ${name}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  for (const { exported, local, from, offset } of exportedNames(file)) {
    if (exported !== name && exported !== '*') continue;
    if (!from) {
      if (local !== undefined) return find(file, local, graph, seen);
      continue;
    }
    const edge = graph.importsOf(file).find(({ statement }) => statement.offset === offset);
    const passed = edge?.target.kind === 'entry' || edge?.target.kind === 'path' ? edge.target.file : undefined;
    const found = passed && findExport(passed, exported === '*' ? name : from.imported, graph, seen);
    if (found) return found;
  }
  return undefined;
}
