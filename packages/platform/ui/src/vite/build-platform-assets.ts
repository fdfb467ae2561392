import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type InlineConfig, mergeConfig, type Rolldown } from 'vite';
import type { PlatformAssets } from '../server/platform-assets.js';
import { assetBuild } from './asset-build.js';
import { describeAssets } from './asset-files.js';

/** Builds the kit, the shell page, its styles and the script that sets the theme before the first paint. */
export async function buildPlatformAssets(packageFolder: string, outDir: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const common: InlineConfig = mergeConfig(assetBuild(outDir), {
    configFile: false,
    root: packageFolder,
    resolve: {
      alias: [
        { find: /^@macrolith\/ui$/, replacement: join(packageFolder, 'kit/index.ts') },
        { find: /^@macrolith\/ui\/manifest$/, replacement: join(packageFolder, 'manifest/index.ts') },
      ],
    },
  } satisfies InlineConfig);

  const modules = await build(
    mergeConfig(common, {
      build: {
        rolldownOptions: {
          input: {
            kit: join(packageFolder, 'kit/index.ts'),
            shell: join(packageFolder, 'shell/index.ts'),
            styles: join(packageFolder, 'shell/styles/index.css'),
          },
        },
      },
    } satisfies InlineConfig),
  );
  const theme = await build(
    mergeConfig(common, {
      build: {
        emptyOutDir: false,
        rolldownOptions: {
          input: { theme: join(packageFolder, 'shell/theme/first-paint.ts') },
          output: { format: 'iife' },
        },
      },
    } satisfies InlineConfig),
  );

  const outputs = [modules, theme].flatMap(outputsOf);
  const assets: PlatformAssets = {
    format: 1,
    version,
    kit: entryNamed(outputs, 'kit'),
    shell: entryNamed(outputs, 'shell'),
    theme: entryNamed(outputs, 'theme'),
    styles: assetLike(outputs, /^styles-.+\.css$/),
    font: assetLike(outputs, /^inter-latin-wght-normal-.+\.woff2$/),
    files: await describeAssets(outDir),
  };
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(assets, null, 2)}\n`);
}

type Output = Rolldown.RolldownOutput['output'][number];

function outputsOf(result: Awaited<ReturnType<typeof build>>): Output[] {
  const builds = Array.isArray(result) ? result : [result];
  return builds.flatMap((one) => ('output' in one ? one.output : []));
}

function entryNamed(outputs: readonly Output[], name: string): string {
  const entry = outputs.find((output) => output.type === 'chunk' && output.isEntry && output.name === name);
  if (entry === undefined) throw new Error(`The build made no entry '${name}'.`);
  return entry.fileName;
}

function assetLike(outputs: readonly Output[], pattern: RegExp): string {
  const asset = outputs.find(({ fileName }) => pattern.test(fileName));
  if (asset === undefined) throw new Error(`The build made no file like ${pattern}.`);
  return asset.fileName;
}
