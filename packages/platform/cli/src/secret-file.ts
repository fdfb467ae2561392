import { accessSync, chmodSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error.js';

const OTHERS = 0o077;

/**
 * What a file holds that only its owner may read; `undefined` where there is none.
 * @throws UsageError when others may read it
 */
export function readSecret(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if ((stats.mode & OTHERS) !== 0) {
    throw new UsageError(`${file} is a secret that other accounts may read. Take that from them: chmod 600 ${file}`);
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * Writes a file that only its owner may read, and its folder where that is missing. One that somebody else made meanwhile is not lost.
 * @throws UsageError when its folder is a file, or may not be written to
 */
export function writeSecret(file: string, secret: string): void {
  const folder = path.dirname(file);
  refuseUnwritable(folder);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  writeFileSync(file, `${secret}\n`, { flag: 'wx', mode: 0o600 });
}

/** Looks at the folder, or at the nearest one above it that is there. */
function refuseUnwritable(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined && path.dirname(folder) !== folder) {
    refuseUnwritable(path.dirname(folder));
    return;
  }
  if (!stats?.isDirectory()) {
    throw new UsageError(`${folder} is a file, and a folder is needed there. Name another one with --keys.`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${folder} may not be written to by this account. Name another folder with --keys.`);
  }
}
