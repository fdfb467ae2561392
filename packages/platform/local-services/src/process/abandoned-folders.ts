import { readFileSync, statSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentsOfDisposableFolders } from './disposable-folder.ts';
import { commandLineOf, identityOf, isRunning, stillRuns } from './identity.ts';

/** The folders of one kind of disposable server. */
export interface ServerFolders {
  /** What their names begin with. */
  readonly prefix: string;
  /** The account that they belong to. A folder of another account is none of ours, whatever its name. */
  readonly uid: number | undefined;
  /** The file in such a folder that begins with the server's process id. */
  readonly pidFile: string;
  /** What ends the server at once. */
  readonly signal: NodeJS.Signals;
}

/** The file in such a folder that names the process which started the server. */
const OWNER_FILE = 'owner';

/** Writes down that this process starts the server of the folder. */
export async function own(folder: string): Promise<void> {
  await writeFile(join(folder, OWNER_FILE), identityOf(process.pid) ?? '');
}

/**
 * Stops and removes disposable servers whose starter is gone. Each has a watchdog that does so; this is for the case
 * that the watchdog was killed as well.
 */
export async function sweepAbandoned(folders: ServerFolders): Promise<void> {
  for (const parent of parentsOfDisposableFolders()) {
    for (const name of await namesIn(parent)) {
      const folder = join(parent, name);
      if (name.startsWith(folders.prefix) && isAbandoned(folder, folders.uid)) await removeServer(folder, folders);
    }
  }
}

async function namesIn(parent: string): Promise<readonly string[]> {
  try {
    return await readdir(parent);
  } catch {
    return [];
  }
}

function isAbandoned(folder: string, uid: number | undefined): boolean {
  try {
    if (statSync(folder).uid !== uid) return false;
    const owner = readFileSync(join(folder, OWNER_FILE), 'utf8');
    return owner !== '' && !stillRuns(owner);
  } catch {
    return false;
  }
}

async function removeServer(folder: string, { pidFile, signal }: ServerFolders): Promise<void> {
  const pid = serverOf(folder, pidFile);
  if (pid !== undefined) await end(pid, signal);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The id of the server, if the process of that id is still it: its command line names a path in the folder. */
function serverOf(folder: string, pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, pidFile), 'utf8'), 10);
    return commandLineOf(pid)?.some((argument) => argument.startsWith(`${folder}/`)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  for (let tries = 0; tries < 100 && isRunning(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
}
