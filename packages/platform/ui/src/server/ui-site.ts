import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  assetAddress,
  matchPattern,
  type PatternSegment,
  parsePattern,
  type ShellDocument,
  type ShellModule,
} from '@macrolith/ui/manifest';
import { AssetStore } from './asset-store.js';
import type { PlatformAssets } from './platform-assets.js';
import { type InstalledUiFolder, readInstalledUi } from './read-installed-ui.js';
import { PLATFORM_OWNER, type ShellPage, shellPage } from './shell-page.js';

/** The kit's own assets are not where they must be. */
export class PlatformAssetsMissing extends Error {
  override readonly name = 'PlatformAssetsMissing';
  constructor(readonly folder: string) {
    super(
      `The assets of the shell page are missing in ${folder}. Build @macrolith/ui: pnpm --filter @macrolith/ui build`,
    );
  }
}

export interface UiSiteInput {
  readonly title: string;
  readonly platformAssets: URL;
  readonly modules: readonly { readonly name: string; readonly ui: URL }[];
}

/** Everything that the shell serves to browsers, read once at boot. */
export class UiSite {
  private constructor(
    readonly assets: AssetStore,
    readonly page: ShellPage,
    /** Modules whose UI cannot be served, with the reasons. */
    readonly failures: readonly Extract<InstalledUiFolder, { kind: 'failed' }>[],
    private readonly patterns: readonly (readonly PatternSegment[])[],
  ) {}

  static async read({ title, platformAssets, modules }: UiSiteInput): Promise<UiSite> {
    const platform = await readPlatformAssets(platformAssets);
    const folders = await Promise.all(modules.map(({ name, ui }) => readInstalledUi(name, ui)));

    const assets = new AssetStore();
    assets.add(PLATFORM_OWNER, platform.version, fileURLToPath(platformAssets), platform.files);
    for (const one of folders) {
      if (one.kind === 'ready') assets.add(one.module, one.built.version, one.folder, one.built.files);
    }
    const scripts = assets.all.filter(({ address }) => address.endsWith('.js'));
    const integrity = Object.fromEntries(scripts.map((script) => [script.address, script.integrity]));
    const document: ShellDocument = { title, modules: folders.map(shellModule) };
    return new UiSite(
      assets,
      shellPage({ document, platform, integrity }),
      folders.filter((one) => one.kind === 'failed'),
      folders.flatMap((one) => (one.kind === 'ready' ? one.built.routes.map(({ path }) => parsePattern(path)) : [])),
    );
  }

  /** Whether some module has a page at this address. */
  hasPage(pathname: string): boolean {
    return pathname === '/' || this.patterns.some((pattern) => matchPattern(pattern, pathname) !== undefined);
  }
}

async function readPlatformAssets(location: URL): Promise<PlatformAssets> {
  const text = await readFile(new URL('manifest.json', location), 'utf8').catch(() => {
    throw new PlatformAssetsMissing(fileURLToPath(location));
  });
  return JSON.parse(text) as PlatformAssets;
}

function shellModule(folder: InstalledUiFolder): ShellModule {
  const { module } = folder;
  if (folder.kind === 'failed') return { kind: 'failed', module };
  const { version, entry, navigation, routes, slots } = folder.built;
  return { kind: 'installed', module, version, entry: assetAddress(module, version, entry), navigation, routes, slots };
}
