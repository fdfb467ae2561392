import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuiltUi, InvalidUiDefinition, parseBuiltUi } from '@macrolith/ui/manifest';
import { checkFiles } from './asset-store.js';

/** A module's UI on disk: ready to be served, or the reasons why it is not. */
export type InstalledUiFolder =
  | { readonly kind: 'ready'; readonly module: string; readonly folder: string; readonly built: BuiltUi }
  | { readonly kind: 'failed'; readonly module: string; readonly folder: string; readonly problems: readonly string[] };

/** Never throws: one damaged package must not keep the others from starting. */
export async function readInstalledUi(module: string, location: URL): Promise<InstalledUiFolder> {
  const folder = fileURLToPath(location).replace(/[\\/]$/, '');
  try {
    const built = parseBuiltUi(await readManifest(folder, module), module);
    const problems = await checkFiles(folder, built.files);
    if (problems.length > 0) return { kind: 'failed', module, folder, problems };
    return { kind: 'ready', module, folder, built };
  } catch (error) {
    const problems = error instanceof InvalidUiDefinition ? error.problems : [String(error)];
    return { kind: 'failed', module, folder, problems };
  }
}

async function readManifest(folder: string, module: string): Promise<unknown> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (text === undefined) throw new InvalidUiDefinition(module, ['manifest.json is missing: build the package.']);
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidUiDefinition(module, ['manifest.json is no JSON: build the package again.']);
  }
}
