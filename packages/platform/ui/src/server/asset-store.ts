import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type AssetEncoding, type AssetFile, assetAddress } from '@macrolith/ui/manifest';
import { integrityOf } from '../integrity/integrity.js';

/** A file as it is sent. */
export interface ServedAsset {
  readonly address: string;
  /** On disk, without the extension of a compressed copy. */
  readonly file: string;
  readonly contentType: string;
  readonly integrity: string;
  readonly encodings: readonly AssetEncoding[];
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};

/**
 * The files that the shell serves, by address. An address is looked up, never turned into a path, so nothing outside can
 * be reached. The version in it lets several versions of a module be served side by side.
 */
export class AssetStore {
  readonly #byAddress = new Map<string, ServedAsset>();

  get all(): readonly ServedAsset[] {
    return [...this.#byAddress.values()];
  }

  find(address: string): ServedAsset | undefined {
    return this.#byAddress.get(address);
  }

  add(owner: string, version: string, folder: string, files: readonly AssetFile[]): void {
    for (const { path, integrity, encodings } of files) {
      const address = assetAddress(owner, version, path);
      const contentType = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
      this.#byAddress.set(address, { address, file: join(folder, path), contentType, integrity, encodings });
    }
  }
}

/** What is wrong with the files of a build on this disk, as sentences. A browser would refuse them one by one. */
export async function checkFiles(folder: string, files: readonly AssetFile[]): Promise<readonly string[]> {
  const problems = await Promise.all(
    files.map(async ({ path, integrity }) => {
      const content = await readFile(join(folder, path)).catch(() => undefined);
      if (content === undefined) return `${path} is missing.`;
      return integrityOf(content) === integrity ? undefined : `${path} is not what was built: its content changed.`;
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}
