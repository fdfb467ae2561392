import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalServiceError } from '../error.ts';
import { identityOf } from '../process/identity.ts';
import { watch } from '../process/watchdog.ts';
import { PostgresDidNotStart } from './did-not-start.ts';
import { postgresProgram } from './program.ts';

/** A running PostgreSQL process. */
export interface ServerProcess {
  readonly pid: number;
  /** Ends sessions, writes everything down, and resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Server settings, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string>>;

export interface ServerOptions {
  dataFolder: string;
  port: number;
  /** Where the server's log goes. It begins anew at every start. */
  logFile: string;
  settings: ServerSettings;
  /** Removed by the watchdog when the starter dies. */
  folderToRemove?: string;
}

const READY_TIMEOUT_MS = 60_000;
const FAST_SHUTDOWN_MS = 30_000;

/** The setting in which a server keeps the identity of the process that started it. */
export const OWNER_SETTING = 'macrolith.owner';

/** Starts PostgreSQL on a data folder and waits until it takes connections. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataFolder, logFile } = options;
  const { command, leadingArguments, spawnOptions } = postgresProgram('postgres', dataFolder);
  const log = await open(logFile, 'w', 0o600);
  let server: ChildProcess;
  try {
    server = spawn(command, [...leadingArguments, ...commandLine(options)], {
      ...spawnOptions,
      // A group of its own: a Ctrl-C in the terminal must not stop the database before the application has drained.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await spawned(server);
  } finally {
    await log.close();
  }
  server.unref();

  const pid = server.pid as number;
  const pidFile = join(dataFolder, 'postmaster.pid');
  const watchdog = watch({
    pid,
    // PostgreSQL's fast shutdown: sessions are ended, everything is written down.
    signal: 'INT',
    patienceMs: FAST_SHUTDOWN_MS,
    pidFile,
    ...(options.folderToRemove === undefined ? {} : { folderToRemove: options.folderToRemove }),
  });
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));

  const process: ServerProcess = {
    pid,
    async stop() {
      if (isOver(server)) return await watchdog.dismiss();
      server.ref();
      server.kill('SIGINT');
      const impatience = setTimeout(() => server.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
      await exit;
      clearTimeout(impatience);
      await watchdog.dismiss();
    },
  };

  try {
    await untilReady(server, pidFile, logFile);
    return process;
  } catch (error) {
    await process.stop();
    throw error;
  }
}

function commandLine({ dataFolder, port, settings }: ServerOptions): string[] {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    [OWNER_SETTING]: identityOf(process.pid) ?? '',
    ...settings,
  };
  return [
    '-D',
    dataFolder,
    '-p',
    `${port}`,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function spawned(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('spawn', resolve);
    server.once('error', (cause) =>
      reject(
        new LocalServiceError('postgres-did-not-start', `PostgreSQL could not be run: ${cause.message}`, { cause }),
      ),
    );
  });
}

async function untilReady(server: ChildProcess, pidFile: string, logFile: string): Promise<void> {
  const giveUpAt = Date.now() + READY_TIMEOUT_MS;
  while (!saysReady(pidFile, server.pid as number)) {
    if (isOver(server)) {
      throw new PostgresDidNotStart(await readFile(logFile, 'utf8'), logFile);
    }
    if (Date.now() > giveUpAt) {
      throw new LocalServiceError(
        'postgres-did-not-start',
        `PostgreSQL was not ready after ${READY_TIMEOUT_MS / 1000} s; its log is ${logFile}`,
      );
    }
    await sleep(10);
  }
}

/** Reads the status line of `postmaster.pid`, as PostgreSQL's own pg_ctl does (LOCK_FILE_LINE_PM_STATUS, miscadmin.h). */
function saysReady(pidFile: string, pid: number): boolean {
  try {
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    return lines[0] === `${pid}` && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function isOver(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}
