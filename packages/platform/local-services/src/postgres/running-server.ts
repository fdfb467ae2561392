import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalServiceError } from '../error.ts';
import { commandLineOf, isRunning, type ProcessIdentity, pidOf, stillRuns } from '../process/identity.ts';
import { OWNER_SETTING } from './server.ts';

/** What was found about a server that may already run on a data folder. */
export type RunningServer =
  | { readonly state: 'none' }
  /** The pid file names a process that is something else: its id was given away since. */
  | { readonly state: 'stale-pid-file'; readonly pidFile: string }
  /** It runs, and so does the process that started it. */
  | { readonly state: 'owned'; readonly owner: ProcessIdentity | undefined; readonly pid: number }
  /** It runs, but the process that started it is gone. */
  | { readonly state: 'orphan'; readonly pid: number };

const ORPHAN_STOP_MS = 60_000;

export function findRunningServer(dataFolder: string): RunningServer {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const pid = firstNumberOf(pidFile);
  if (pid === undefined || !isRunning(pid)) return { state: 'none' };

  const commandLine = commandLineOf(pid);
  if (commandLine === undefined) return { state: 'owned', owner: undefined, pid };
  if (!commandLine.includes(dataFolder)) return { state: 'stale-pid-file', pidFile };

  const owner = commandLine
    .find((argument) => argument.startsWith(`${OWNER_SETTING}=`))
    ?.slice(OWNER_SETTING.length + 1);
  if (owner !== undefined && !stillRuns(owner)) return { state: 'orphan', pid };
  return { state: 'owned', owner, pid };
}

/**
 * Makes way for a start: an orphan is stopped in good order, a stale pid file removed.
 * @throws LocalServiceError `data-folder-in-use` when the server belongs to a living process.
 */
export async function makeWay(folder: string, dataFolder: string): Promise<void> {
  const running = findRunningServer(dataFolder);
  switch (running.state) {
    case 'none':
      return;
    case 'stale-pid-file':
      return await rm(running.pidFile, { force: true });
    case 'orphan':
      return await stopOrphan(running.pid, folder);
    case 'owned':
      throw inUse(folder, running.owner === undefined ? running.pid : pidOf(running.owner));
  }
}

export function inUse(folder: string, pid?: number): LocalServiceError {
  const user = pid === undefined ? 'another process' : `process ${pid}`;
  return new LocalServiceError(
    'data-folder-in-use',
    `The data folder ${folder} is in use by ${user}, most likely another start of this checkout; stop that one first, or set DATABASE_URL to a server of your own.`,
  );
}

async function stopOrphan(pid: number, folder: string): Promise<void> {
  interrupt(pid);
  const giveUpAt = Date.now() + ORPHAN_STOP_MS;
  while (isRunning(pid)) {
    if (Date.now() > giveUpAt) throw inUse(folder, pid);
    await sleep(50);
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It ended by itself, or its watchdog was faster.
  }
}

function firstNumberOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
