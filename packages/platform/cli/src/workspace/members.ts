import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '../usage-error.js';

const WORKSPACE_FILE = 'pnpm-workspace.yaml';

/**
 * The folders of the workspace's packages, relative to its root, sorted.
 * @throws UsageError when the root holds no readable pnpm-workspace.yaml.
 */
export function memberFolders(root: string): string[] {
  const patterns = memberPatterns(root);
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  return globSync(included, { cwd: root, exclude: excluded })
    .map((folder) => folder.replaceAll(path.sep, '/'))
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
    .sort();
}

function memberPatterns(root: string): string[] {
  const file = path.join(root, WORKSPACE_FILE);
  if (!existsSync(file)) {
    throw new UsageError(
      `${root} is no workspace: it holds no ${WORKSPACE_FILE}. Run macro in the root of the workspace, or name it with --root.`,
    );
  }
  const content: unknown = parseWorkspaceFile(file);
  const packages = (content as { packages?: unknown } | null)?.packages;
  if (!Array.isArray(packages) || !packages.every((pattern) => typeof pattern === 'string')) {
    throw new UsageError(
      `${file} lists no packages. Write 'packages:' with one pattern a line, e.g. packages/modules/*.`,
    );
  }
  return packages;
}

function parseWorkspaceFile(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as YAML: ${(error as Error).message}`);
  }
}
