import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from '../process/run-quietly.ts';

/** The official release that is downloaded where there is neither a nats-server on PATH nor Debian's package. */
export const RELEASE = 'v2.11.9';

const RELEASES = 'https://github.com/nats-io/nats-server/releases/download';
const PATIENCE_MS = 120_000;

/** Where the program of the release is once it was downloaded. */
export function releasedProgram(cache: string): string {
  return join(cache, nameOfRelease(), 'nats-server');
}

/**
 * Downloads the official release for this machine into the cache folder, complete or not at all, and only if its SHA-256
 * is the one that the release itself lists. Resolves to the reason when that failed.
 */
export async function downloadRelease(cache: string, releases = RELEASES): Promise<string | undefined> {
  const name = nameOfRelease();
  const archiveName = `${name}.tar.gz`;
  await mkdir(cache, { recursive: true });
  const workshop = await mkdtemp(join(cache, 'downloading-'));
  try {
    const [archive, sums] = await Promise.all([
      download(`${releases}/${RELEASE}/${archiveName}`),
      download(`${releases}/${RELEASE}/SHA256SUMS`),
    ]);
    const expected = sumOf(archiveName, sums.toString('utf8'));
    const actual = createHash('sha256').update(archive).digest('hex');
    if (actual !== expected)
      return `the SHA-256 of ${archiveName} is ${actual}, but the release lists ${expected ?? 'none'}`;

    await writeFile(join(workshop, archiveName), archive);
    const failure = await runQuietly('tar', ['-xzf', join(workshop, archiveName), '-C', workshop], process.env);
    if (failure !== undefined) return failure;
    await rename(join(workshop, name), join(cache, name));
    return undefined;
  } catch (error) {
    return reasonOf(error as Error);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Reads a file as sha256sum(1) writes it. */
function sumOf(fileName: string, sums: string): string | undefined {
  const lines = sums.split('\n').map((line) => line.trim().split(/\s+\*?/));
  return lines.find(([, name]) => name === fileName)?.[0];
}

function nameOfRelease(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return `nats-server-${RELEASE}-${process.platform}-${architecture}`;
}

/** What `fetch` says by itself is only that it failed; why is in its cause. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
