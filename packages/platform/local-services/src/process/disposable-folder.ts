import { mkdtemp, realpath, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's folder whose files are in memory: a database is made there in a twentieth of the time that it takes on a disk. */
const IN_MEMORY = '/dev/shm';

/** What the folder must have room for: containers often give it 64 MB. */
const ROOM_BYTES = 4 * 2 ** 30;

/** What the machine must have free: files in memory take from it what they hold. */
const FREE_MEMORY_BYTES = 6 * 2 ** 30;

/** Makes a folder for files that nobody misses: in memory where there is room, else among the temporary files. */
export async function makeDisposableFolder(prefix: string): Promise<string> {
  const parent = (await hasRoomInMemory()) ? IN_MEMORY : await realpath(tmpdir());
  return await mkdtemp(join(parent, prefix));
}

/** Where such folders may be, whoever made them. */
export function parentsOfDisposableFolders(): readonly string[] {
  return [tmpdir(), IN_MEMORY];
}

async function hasRoomInMemory(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(IN_MEMORY);
    return bavail * bsize >= ROOM_BYTES && freemem() >= FREE_MEMORY_BYTES;
  } catch {
    return false;
  }
}
