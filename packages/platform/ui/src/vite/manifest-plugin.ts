import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltUi, UiDefinition } from '@macrolith/ui/manifest';
import type { Plugin } from 'vite';
import { describeAssets } from './asset-files.js';

export interface ManifestSource {
  readonly outDir: string;
  readonly version: string;
  readonly definition: () => Promise<UiDefinition>;
}

/** Writes `manifest.json` when all files of the build are on disk. A definition that is wrong stops the build before it. */
export function manifestPlugin({ outDir, version, definition }: ManifestSource): Plugin {
  let checked: UiDefinition | undefined;
  return {
    name: 'macrolith:ui-manifest',
    apply: 'build',
    async buildStart() {
      checked = await definition();
    },
    async writeBundle(_options, bundle) {
      const entry = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry);
      if (entry === undefined || checked === undefined) throw new Error('The build of the UI has no entry.');
      const built: BuiltUi = {
        format: 1,
        version,
        ...checked,
        entry: entry.fileName,
        files: await describeAssets(outDir),
      };
      await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(built, null, 2)}\n`);
    },
  };
}
