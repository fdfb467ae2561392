import { readFileSync } from 'node:fs';
import { type ParseResult, type Program, parseSync } from 'oxc-parser';
import { type Position, positionAt } from '../syntax/position.js';
import { type FileRole, roleOf } from './file-role.js';

/** One file of a package. Its text is read and parsed at most once, when first asked for. */
export class SourceFile {
  readonly role: FileRole;
  #text: string | undefined;
  #parsed: ParseResult | undefined;
  #program: Program | undefined;

  constructor(
    /** Where the file is on this machine. */
    readonly absolutePath: string,
    /** Relative to the workspace's root, with forward slashes. */
    readonly path: string,
    /** Relative to the package's folder, with forward slashes. */
    readonly pathInPackage: string,
  ) {
    this.role = roleOf(pathInPackage);
  }

  get text(): string {
    this.#text ??= readFileSync(this.absolutePath, 'utf8');
    return this.#text;
  }

  get isSql(): boolean {
    return this.path.endsWith('.sql');
  }

  /** Imports, exports and syntax errors: cheap, since the syntax tree stays outside JavaScript until it is asked for. */
  get parsed(): ParseResult {
    this.#parsed ??= parseSync(this.absolutePath, this.isSql ? '' : this.text);
    return this.#parsed;
  }

  get program(): Program {
    this.#program ??= this.parsed.program;
    return this.#program;
  }

  positionOf(offset: number): Position {
    return positionAt(this.text, offset);
  }
}
