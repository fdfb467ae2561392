/**
 * `pnpm --filter @macrolith/docs generate`: writes the reference from the built packages. With `--check` it writes nothing,
 * and ends with code 1 when a page is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentedModules } from './module/documented-module.ts';
import { configurationPage } from './reference/configuration-page.ts';
import { consoleErrors } from './reference/console-errors.ts';
import { contractPage } from './reference/contract-page.ts';
import { contractsIndex } from './reference/contracts-index.ts';
import { errorsPage } from './reference/errors-page.ts';
import type { Page } from './reference/page.ts';
import { workspaceRoot } from './workspace.ts';

const FOLDER = join(workspaceRoot, 'docs/reference');

const pages = await reference();
const stale = [...pages.filter(({ path, text }) => read(path) !== text).map(({ path }) => path), ...leftovers(pages)];
if (!process.argv.includes('--check')) write(pages);
else if (stale.length > 0) {
  process.stderr.write(
    `Not what the source says any more: ${stale.map((path) => `docs/reference/${path}`).join(', ')}. ` +
      'Run pnpm --filter @macrolith/docs generate, and commit what it writes.\n',
  );
  process.exitCode = 1;
}

async function reference(): Promise<Page[]> {
  const modules = await documentedModules();
  return [
    ...modules.map((module) => ({ path: `contracts/${module.name}.md`, text: contractPage(module) })),
    { path: 'contracts/README.md', text: contractsIndex(modules) },
    { path: 'errors.md', text: errorsPage(modules, await consoleErrors()) },
    { path: 'configuration.md', text: await configurationPage() },
  ];
}

/** Pages of contracts that are gone. */
function leftovers(pages: readonly Page[]): string[] {
  const folder = join(FOLDER, 'contracts');
  const there = existsSync(folder) ? readdirSync(folder).map((name) => `contracts/${name}`) : [];
  return there.filter((path) => !pages.some((page) => page.path === path));
}

function read(path: string): string | undefined {
  const file = join(FOLDER, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function write(pages: readonly Page[]): void {
  for (const path of leftovers(pages)) rmSync(join(FOLDER, path));
  for (const { path, text } of pages) {
    mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
    writeFileSync(join(FOLDER, path), text);
  }
}
