import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const IMPORTER = fileURLToPath(new URL('../../../retail-import/dist/main.js', import.meta.url));

/** What the importer says that it did. Amounts are pence. */
export interface Imported {
  readonly invoices: {
    readonly all: number;
    readonly placed: number;
    readonly cancelled: number;
    readonly rejected: number;
  };
  readonly lines: { readonly all: number; readonly replayed: number; readonly refused: number };
  readonly placedMinor: string;
  readonly cancelledMinor: string;
  readonly reasons: Readonly<Record<string, number>>;
}

/** What came of a file, and a fingerprint of the lines that were refused. */
export interface Import {
  readonly summary: Imported;
  readonly rejects: string;
}

/** Replays a file of orders through the public HTTP API of a shell, by the importer as it is built. */
export async function importInto(url: string, file: string): Promise<Import> {
  const folder = await mkdtemp(join(tmpdir(), 'extraction-import-'));
  const rejects = join(folder, 'rejects.csv');
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [IMPORTER, file, '--url', url, '--rejects', rejects, '--json'],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const refused = await readFile(rejects);
    return { summary: JSON.parse(stdout), rejects: createHash('sha256').update(refused).digest('hex') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
