import { type Dirent, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const SOURCE = /\.([cm]?[jt]sx?|sql)$/;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', 'reports', 'templates']);

/**
 * The source files of one package, relative to its folder, sorted. Build results are left out, and so is every folder
 * inside with a package.json or a pnpm-workspace.yaml of its own: that is another package, or a fixture of a test.
 */
export function packageFiles(folder: string): string[] {
  return filesBelow(folder, '').sort();
}

function filesBelow(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      const below = path.join(folder, entry.name);
      return isLeftOut(entry, below) ? [] : filesBelow(below, `${prefix}${entry.name}/`);
    }
    return SOURCE.test(entry.name) && !entry.name.endsWith('.d.ts') ? [prefix + entry.name] : [];
  });
}

function isLeftOut(entry: Dirent, folder: string): boolean {
  return (
    entry.name.startsWith('.') ||
    SKIPPED_FOLDERS.has(entry.name) ||
    existsSync(path.join(folder, 'package.json')) ||
    existsSync(path.join(folder, 'pnpm-workspace.yaml'))
  );
}
