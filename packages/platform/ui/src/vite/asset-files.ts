import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { AssetEncoding, AssetFile } from '@macrolith/ui/manifest';
import { integrityOf } from '../integrity/integrity.js';

const COMPRESSIBLE = new Set(['.js', '.css', '.svg', '.json']);
/** Below this a compressed copy saves less than it costs to keep. */
const SMALLEST_COMPRESSED_BYTES = 1_024;

const compressors: Readonly<
  Record<AssetEncoding, { extension: string; compress: (content: Buffer) => Promise<Buffer> }>
> = {
  br: { extension: '.br', compress: promisify<Buffer, Buffer>(brotliCompress) },
  gzip: { extension: '.gz', compress: promisify<Buffer, Buffer>(gzip) },
};

/** Lists the files of a build by path, and puts compressed copies beside those that gain by it. */
export async function describeAssets(folder: string): Promise<AssetFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  return Promise.all(paths.map((path) => describe(folder, path)));
}

async function describe(folder: string, path: string): Promise<AssetFile> {
  const content = await readFile(join(folder, path));
  const isCompressed = COMPRESSIBLE.has(extname(path)) && content.length >= SMALLEST_COMPRESSED_BYTES;
  const encodings: readonly AssetEncoding[] = isCompressed ? ['br', 'gzip'] : [];
  for (const encoding of encodings) {
    const { extension, compress } = compressors[encoding];
    await writeFile(join(folder, path + extension), await compress(content));
  }
  return { path, bytes: content.length, integrity: integrityOf(content), encodings };
}
