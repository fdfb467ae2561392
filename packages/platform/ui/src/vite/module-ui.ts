import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { UserConfig } from 'vite';
import { mergeConfig } from 'vite';
import { assetBuild } from './asset-build.js';
import { manifestPlugin } from './manifest-plugin.js';
import { readDefinition } from './read-definition.js';

export interface ModuleUiOptions {
  /** The module's package folder. Default: the working directory. */
  readonly root?: string;
  /** Where the assets go. Default: `dist/ui`. */
  readonly outDir?: string;
}

/**
 * The build of a module's UI: `ui/index.ts` and what it imports, except the kit, which the shell's import map provides.
 * `vite.config.ts` is `export default moduleUi();`.
 */
export function moduleUi(options: ModuleUiOptions = {}): UserConfig {
  const root = resolve(options.root ?? process.cwd());
  const outDir = resolve(root, options.outDir ?? 'dist/ui');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return mergeConfig(assetBuild(outDir), {
    root,
    plugins: [manifestPlugin({ outDir, version, definition: () => readDefinition(join(root, 'ui/manifest.ts')) })],
    build: {
      rolldownOptions: {
        input: { index: join(root, 'ui/index.ts') },
        external: ['@macrolith/ui'],
      },
    },
  } satisfies UserConfig);
}
