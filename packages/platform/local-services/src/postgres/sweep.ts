import { readFileSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf, isRunning, stillRuns } from '../process/identity.ts';
import { serverAccount } from './account.ts';

/** What the temporary folders of disposable servers begin with. */
export const FOLDER_PREFIX = 'macrolith-postgres-';

/** The file in such a folder that names the process which started the server. */
export const OWNER_FILE = 'owner';

/**
 * Stops and removes disposable servers whose starter is gone. Each has a watchdog that does so; this is for the case
 * that the watchdog was killed as well.
 */
export async function sweepAbandonedServers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const name of names) {
    const folder = join(tmpdir(), name);
    if (isAbandoned(folder)) await removeServer(folder);
  }
}

function isAbandoned(folder: string): boolean {
  try {
    // A folder of another account is none of ours, whatever its name.
    const ours = serverAccount()?.uid ?? process.getuid?.();
    if (statSync(folder).uid !== ours) return false;
    const owner = readFileSync(join(folder, OWNER_FILE), 'utf8');
    return owner !== '' && !stillRuns(owner);
  } catch {
    return false;
  }
}

async function removeServer(folder: string): Promise<void> {
  const dataFolder = join(folder, 'data');
  const pid = serverOf(dataFolder);
  if (pid !== undefined) await kill(pid);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function serverOf(dataFolder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8'), 10);
    return commandLineOf(pid)?.includes(dataFolder) ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGQUIT');
  for (let tries = 0; tries < 100 && isRunning(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
}
