import path from 'node:path';
import type { Class, Expression, Node, ObjectExpression } from 'oxc-parser';
import { importStatements } from '../imports/import-statement.js';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';

/** The expression that a name always stands for, and the file that it is written in. */
export interface Constant {
  readonly value: Expression;
  readonly file: SourceFile;
}

interface FileConstants {
  /** `const` declarations by name; `undefined` for a name that is declared more than once or can change. */
  readonly names: ReadonlyMap<string, Expression | undefined>;
  /** Readonly fields of classes by name; `undefined` where two classes of the file use it. */
  readonly properties: ReadonlyMap<string, Expression | undefined>;
}

/** The constants of one package, followed through its imports. */
export class Constants {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #known = new Map<SourceFile, FileConstants>();

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  /** `name` as a file may use it: declared there, or imported from a file of the same package. */
  named(file: SourceFile, name: string): Constant | undefined {
    const value = this.#of(file).names.get(name);
    if (value) return { value, file };
    return this.#of(file).names.has(name) ? undefined : this.#imported(file, name);
  }

  /** `this.name` */
  property(file: SourceFile, name: string): Constant | undefined {
    const value = this.#of(file).properties.get(name);
    return value && { value, file };
  }

  /** `owner.name`, of a constant object or of a class of the file. */
  member(file: SourceFile, owner: string, name: string): Constant | undefined {
    const object = this.named(file, owner);
    const literal = object && objectLiteral(object.value);
    const value = literal && propertyOf(literal, name);
    if (object && value) return { value, file: object.file };
    return object ? undefined : this.property(file, name);
  }

  #imported(file: SourceFile, local: string): Constant | undefined {
    for (const { specifier, names } of importStatements(file)) {
      const name = names.find((candidate) => candidate.local === local);
      if (!name || !specifier.startsWith('.')) continue;
      const target = path.posix.join(path.posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
      const origin = this.#files.get(target);
      return origin && this.named(origin, name.imported);
    }
    return undefined;
  }

  #of(file: SourceFile): FileConstants {
    let constants = this.#known.get(file);
    if (!constants) {
      constants = collect(file);
      this.#known.set(file, constants);
    }
    return constants;
  }
}

function collect(file: SourceFile): FileConstants {
  const names = new Map<string, Expression | undefined>();
  const properties = new Map<string, Expression | undefined>();
  walk(file.program, (node, ancestors) => {
    if (node.type === 'VariableDeclarator') declare(names, node.id, isConst(ancestors) ? node.init : null);
    if ('params' in node && Array.isArray(node.params)) {
      for (const parameter of node.params) declare(names, parameter as Node, null);
    }
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') collectFields(node, properties);
  });
  return { names, properties };
}

function isConst(ancestors: readonly Node[]): boolean {
  const declaration = ancestors.at(-1);
  const loop = ancestors.at(-2)?.type;
  if (loop === 'ForOfStatement' || loop === 'ForInStatement') return false;
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const';
}

/** A name that is declared twice in a file may mean either, so it counts as none. */
function declare(names: Map<string, Expression | undefined>, pattern: Node, value: Expression | null): void {
  if (pattern.type === 'Identifier') {
    names.set(pattern.name, names.has(pattern.name) ? undefined : (value ?? undefined));
    return;
  }
  walk(pattern, (node, ancestors) => {
    const parent = ancestors.at(-1);
    const isKey = parent?.type === 'Property' && parent.key === node && parent.value !== node;
    if (node.type === 'Identifier' && !isKey) names.set(node.name, undefined);
  });
}

function collectFields({ body }: Class, properties: Map<string, Expression | undefined>): void {
  for (const member of body.body) {
    if (member.type !== 'PropertyDefinition' || !member.readonly || !member.value || member.computed) continue;
    const name = (member.key as { name?: string }).name;
    if (name !== undefined) properties.set(name, properties.has(name) ? undefined : member.value);
  }
}

function objectLiteral(value: Expression): ObjectExpression | undefined {
  if (value.type === 'TSAsExpression' || value.type === 'TSSatisfiesExpression') return objectLiteral(value.expression);
  return value.type === 'ObjectExpression' ? value : undefined;
}
