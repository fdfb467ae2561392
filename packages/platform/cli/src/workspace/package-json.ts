import { readFileSync } from 'node:fs';
import { isMap, isScalar, parseDocument } from 'yaml';
import { type Position, positionAt } from '../syntax/position.js';
import { UsageError } from '../usage-error.js';

export const RUNTIME_SECTIONS = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const;
export const DEPENDENCY_SECTIONS = [...RUNTIME_SECTIONS, 'devDependencies'] as const;
export type DependencySection = (typeof DEPENDENCY_SECTIONS)[number];

/** A condition's target, or conditions within conditions. */
export type ExportsEntry = string | null | { readonly [condition: string]: ExportsEntry };

interface PackageJsonContent extends Partial<Record<DependencySection, Record<string, string>>> {
  readonly name?: string;
  readonly private?: boolean;
  readonly exports?: ExportsEntry;
}

/** One dependency as it is declared. */
export interface DeclaredDependency {
  readonly section: DependencySection;
  readonly name: string;
  readonly range: string;
}

/** The package.json of one workspace package. */
export class PackageJson {
  private constructor(
    /** Relative to the workspace's root. */
    readonly path: string,
    private readonly text: string,
    private readonly content: PackageJsonContent,
  ) {}

  /** @throws UsageError when the file is no JSON object. */
  static read(file: string, path: string): PackageJson {
    const text = readFileSync(file, 'utf8');
    try {
      const content: unknown = JSON.parse(text);
      if (typeof content !== 'object' || content === null) throw new Error('it holds no object');
      return new PackageJson(path, text, content);
    } catch (error) {
      throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
    }
  }

  get name(): string | undefined {
    return this.content.name;
  }

  /** A private package is never published, so nobody else can get a second copy of what it brings. */
  get isPrivate(): boolean {
    return this.content.private === true;
  }

  get exports(): ExportsEntry | undefined {
    return this.content.exports;
  }

  get dependencies(): DeclaredDependency[] {
    return DEPENDENCY_SECTIONS.flatMap((section) =>
      Object.entries(this.content[section] ?? {}).map(([name, range]) => ({ section, name, range })),
    );
  }

  declares(name: string, sections: readonly DependencySection[]): boolean {
    return sections.some((section) => this.content[section]?.[name] !== undefined);
  }

  /** Where a dependency is declared; the file's beginning when it is not. */
  positionOf(section: DependencySection, name: string): Position {
    // JSON is YAML, and the YAML parser keeps the place of every key.
    const declared = parseDocument(this.text).get(section);
    const key = isMap(declared)
      ? declared.items.find(({ key }) => isScalar(key) && key.value === name)?.key
      : undefined;
    return isScalar(key) && key.range ? positionAt(this.text, key.range[0]) : { line: 1, column: 1 };
  }
}
