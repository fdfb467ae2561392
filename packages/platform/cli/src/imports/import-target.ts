import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { ExportsEntry } from '../workspace/package-json.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';

/** What an import means. */
export type ImportTarget =
  | { readonly kind: 'builtin' }
  /** A package from outside the workspace. */
  | { readonly kind: 'external'; readonly packageName: string }
  /** A package of the workspace, by its name: the subpath is `.` for its index, `./local`, … */
  | {
      readonly kind: 'entry';
      readonly member: WorkspacePackage;
      readonly subpath: string;
      /** Whether the package's `exports` offers it. */
      readonly offered: boolean;
      readonly file: SourceFile | undefined;
    }
  /** A file of the workspace, by its path. */
  | { readonly kind: 'path'; readonly member: WorkspacePackage; readonly file: SourceFile | undefined }
  | { readonly kind: 'unknown' };

/**
 * Resolves what the workspace's own files import, from what it already knows about them: no file system is asked. A
 * workspace package is followed to its source, not to its build, so that nothing needs building before it is verified.
 */
export class ImportTargets {
  readonly #members: ReadonlyMap<string, WorkspacePackage>;
  readonly #membersByFolder: readonly WorkspacePackage[];
  readonly #files: ReadonlyMap<string, SourceFile>;

  constructor(members: readonly WorkspacePackage[]) {
    this.#members = new Map(members.map((member) => [member.name, member]));
    this.#membersByFolder = members;
    this.#files = new Map(members.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
  }

  resolve(from: SourceFile, specifier: string): ImportTarget {
    if (specifier.startsWith('.')) return this.#byPath(path.posix.join(path.posix.dirname(from.path), specifier));
    if (isBuiltin(specifier)) return { kind: 'builtin' };
    if (/^[/#]|^\w+:/.test(specifier)) return { kind: 'unknown' };
    return this.#byName(specifier);
  }

  #byPath(target: string): ImportTarget {
    const [, installed] = target.split('node_modules/');
    if (installed !== undefined) return this.#byName(installed);
    const file = this.#fileAt(target);
    const member = this.#membersByFolder.find(({ folder }) => target === folder || target.startsWith(`${folder}/`));
    return member ? { kind: 'path', member, file } : { kind: 'unknown' };
  }

  #byName(specifier: string): ImportTarget {
    const parts = specifier.split('/');
    const packageName = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const member = this.#members.get(packageName);
    if (!member) return { kind: 'external', packageName };

    const subpath = `.${specifier.slice(packageName.length)}`;
    const offered = offeredFile(member.packageJson.exports, subpath);
    const file = typeof offered === 'string' ? this.#fileAt(path.posix.join(member.folder, offered)) : undefined;
    return { kind: 'entry', member, subpath, offered: offered !== undefined, file };
  }

  /** TypeScript imports name the emitted file: `./order.js` is written as order.ts. */
  #fileAt(target: string): SourceFile | undefined {
    const stem = target.replace(/\.([cm]?)jsx?$/, '.$1');
    const candidates = [target, `${stem}ts`, `${stem}tsx`, `${target}.ts`, `${target}/index.ts`];
    for (const candidate of candidates) {
      const file = this.#files.get(candidate);
      if (file) return file;
    }
    return undefined;
  }
}

const SOURCE_CONDITIONS = ['@macrolith/source', 'types', 'import', 'default'];

/** The file behind a subpath; undefined when `exports` does not offer it. A package without `exports` offers its index. */
export function offeredFile(exports: ExportsEntry | undefined, subpath: string): string | undefined {
  if (exports === undefined) return subpath === '.' ? './src/index.ts' : undefined;
  if (exports === null || typeof exports === 'string' || !Object.keys(exports).some((key) => key.startsWith('.'))) {
    return subpath === '.' ? conditional(exports) : undefined;
  }
  if (exports[subpath] !== undefined) return conditional(exports[subpath]);
  for (const [pattern, entry] of Object.entries(exports)) {
    const [before, after] = pattern.split('*');
    if (before === undefined || after === undefined) continue;
    if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    return conditional(entry)?.replace('*', subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}

function conditional(entry: ExportsEntry): string | undefined {
  if (entry === null) return undefined;
  if (typeof entry === 'string') return entry;
  for (const condition of SOURCE_CONDITIONS) {
    const target = entry[condition];
    if (target !== undefined) return conditional(target);
  }
  return undefined;
}
