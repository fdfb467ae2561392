/**
 * What a package's users can see: its index's exports, and every declaration that those mention in their signatures. Bodies of
 * functions, decorators and private members are no part of it, as they are none of the .d.ts file.
 */
import type { Node } from 'oxc-parser';
import type { Import, ImportGraph } from '../imports/import-graph.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import { topLevelDeclarations } from './declarations.js';
import { exportedNames } from './exported-names.js';

/** One thing that can be seen, and where it is mentioned. */
export interface Sight {
  /** The name as mentioned. */
  readonly name: string;
  /** The file that mentions it, and where. */
  readonly file: SourceFile;
  readonly offset: number;
  /** What it is: a declaration of the package, or something that a file imports from elsewhere. */
  readonly seen: { readonly declaration: Node; readonly file: SourceFile } | { readonly imported: Import };
}

/**
 * Everything that can be seen through a file's exports, told at each place that mentions it.
 * @param isOpaque whether what a declaration mentions in turn does not matter
 */
export function surfaceOf(index: SourceFile, graph: ImportGraph, isOpaque: (declaration: Node) => boolean): Sight[] {
  const surface = new Surface(graph, isOpaque);
  surface.addExports(index, '*', undefined);
  return surface.sights;
}

interface Mention {
  readonly file: SourceFile;
  readonly offset: number;
}

class Surface {
  readonly sights: Sight[] = [];
  readonly #visited = new Set<string>();

  constructor(
    private readonly graph: ImportGraph,
    private readonly isOpaque: (declaration: Node) => boolean,
  ) {}

  /**
   * @param wanted a name, or `*` for all
   * @param mention what led here; undefined for the index itself
   */
  addExports(file: SourceFile, wanted: string, mention: Mention | undefined): void {
    if (!this.#enter(`exports ${file.path} ${wanted} ${keyOf(mention)}`)) return;
    for (const { exported, local, from, offset } of exportedNames(file)) {
      if (wanted !== '*' && exported !== wanted && exported !== '*') continue;
      const at = mention ?? { file, offset };
      const edge = from && this.graph.importsOf(file).find(({ statement }) => statement.offset === offset);
      if (edge) this.#addImport(edge, exported === '*' ? wanted : from.imported, at);
      else if (local !== undefined) this.#addName(file, local, at);
    }
  }

  #addName(file: SourceFile, name: string, mention: Mention): void {
    const declaration = topLevelDeclarations(file).get(name);
    if (declaration) {
      if (!this.#enter(`name ${file.path} ${name} ${keyOf(mention)}`)) return;
      this.sights.push({ name, ...mention, seen: { declaration, file } });
      if (this.isOpaque(declaration) || !this.#enter(`inside ${file.path} ${name}`)) return;
      for (const { name: mentioned, offset } of mentionsIn(declaration))
        this.#addName(file, mentioned, { file, offset });
      return;
    }
    for (const edge of this.graph.importsOf(file)) {
      const imported = edge.statement.names.find(({ local }) => local === name);
      if (imported) this.#addImport(edge, imported.imported, mention);
    }
  }

  #addImport(edge: Import, name: string, mention: Mention): void {
    const { target, from, statement } = edge;
    if (target.kind === 'path' && target.member === edge.fromMember) {
      if (target.file) this.addExports(target.file, name, mention);
      return;
    }
    if (!this.#enter(`import ${from.path} ${statement.specifier} ${name} ${keyOf(mention)}`)) return;
    this.sights.push({ name, ...mention, seen: { imported: edge } });
  }

  #enter(key: string): boolean {
    if (this.#visited.has(key)) return false;
    this.#visited.add(key);
    return true;
  }
}

function keyOf(mention: Mention | undefined): string {
  return mention ? `${mention.file.path}:${mention.offset}` : '';
}

/** The names that a declaration's signature mentions. */
function mentionsIn(declaration: Node): { name: string; offset: number }[] {
  const mentions: { name: string; offset: number }[] = [];
  walk(declaration, (node, ancestors) => {
    if (node.type !== 'Identifier' || ancestors.some(isHidden)) return;
    mentions.push({ name: node.name, offset: node.start });
  });
  return mentions;
}

function isHidden(node: Node): boolean {
  if (node.type === 'BlockStatement' || node.type === 'Decorator') return true;
  return 'accessibility' in node && node.accessibility === 'private';
}
