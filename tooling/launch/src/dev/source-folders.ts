import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of sources to watch. */
export interface SourceFolder {
  /** The package's folder. */
  readonly package: string;
  readonly folder: string;
  /** What a change in it calls for: a restart of the program, or new browser assets before that. */
  readonly kind: 'program' | 'assets';
}

const PARENTS = ['apps', 'packages/platform', 'packages/modules'];
const PROGRAM_FOLDERS = ['src', 'manifest'];
const NOT_SOURCES = new Set(['dist', 'node_modules', 'reports', 'test', 'coverage', '.turbo']);

/** The source folders of everything that the shell may consist of. */
export function sourceFolders(root: string): SourceFolder[] {
  return PARENTS.flatMap((parent) => foldersIn(join(root, parent))).flatMap(foldersOfPackage);
}

function foldersOfPackage(packageFolder: string): SourceFolder[] {
  if (!existsSync(join(packageFolder, 'package.json'))) return [];
  return foldersIn(packageFolder)
    .filter((folder) => !NOT_SOURCES.has(nameOf(folder)))
    .map((folder) => ({
      package: packageFolder,
      folder,
      kind: PROGRAM_FOLDERS.includes(nameOf(folder)) ? 'program' : 'assets',
    }));
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
