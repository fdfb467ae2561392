import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalServiceError } from '../error.ts';
import { isGoing } from '../process/identity.ts';
import { watch } from '../process/watchdog.ts';
import { NatsDidNotStart } from './did-not-start.ts';

/** One process of a nats-server. */
export interface NatsProcess {
  readonly pid: number;
  readonly port: number;
  /** Ends it in good order; its watchdog then removes the folder. */
  stop(): Promise<void>;
  /** Ends it by this signal, and leaves the folder for the next process. */
  leave(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Resolves when all its threads stand. */
  pause(): Promise<void>;
  resume(): void;
}

/** The file in the server's folder that holds its process id. */
export const PID_FILE = 'nats.pid';

const READY_TIMEOUT_MS = 60_000;
const SHUTDOWN_MS = 15_000;
const ANY_PORT = -1;

/**
 * Starts nats-server in this folder and waits until it takes connections. It stores in the sub-folder `jetstream`; its
 * watchdog removes the whole folder when the starter dies. Without a port it takes one that is free.
 */
export async function startProcess(
  program: string,
  folder: string,
  port: number | undefined,
  configuration?: string,
): Promise<NatsProcess> {
  const logFile = join(folder, 'server.log');
  const log = await open(logFile, 'w', 0o600);
  const configurationFile = join(folder, 'nats.conf');
  if (configuration !== undefined) await writeFile(configurationFile, configuration, { mode: 0o600 });
  let server: ChildProcess;
  try {
    server = spawn(program, [...commandLine(folder, port), ...(configuration ? ['--config', configurationFile] : [])], {
      cwd: '/',
      // A group of its own: a Ctrl-C in the terminal must not stop the server before the application has drained.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await spawned(server);
  } finally {
    await log.close();
  }
  server.unref();
  const pid = server.pid as number;
  const watchdog = watch({ pid, signal: 'TERM', patienceMs: SHUTDOWN_MS, folderToRemove: folder });

  const end = async (signal: NodeJS.Signals) => {
    if (isOver(server)) return;
    server.ref();
    const exit = once(server, 'exit');
    server.kill(signal);
    // A paused process takes no signal but SIGKILL before it goes on.
    server.kill('SIGCONT');
    const impatience = setTimeout(() => server.kill('SIGKILL'), SHUTDOWN_MS);
    await exit;
    clearTimeout(impatience);
  };
  const leave = async (signal: NodeJS.Signals) => {
    watchdog.release();
    await end(signal);
  };

  try {
    return {
      pid,
      port: await portWhenReady(server, folder, logFile),
      async stop() {
        await end('SIGTERM');
        await watchdog.dismiss();
      },
      leave,
      async pause() {
        server.kill('SIGSTOP');
        while (!isOver(server) && isGoing(pid)) await sleep(1);
      },
      resume: () => void server.kill('SIGCONT'),
    };
  } catch (error) {
    await leave('SIGKILL');
    throw error;
  }
}

function commandLine(folder: string, port = ANY_PORT): string[] {
  const options = {
    addr: '127.0.0.1',
    port: `${port}`,
    pid: join(folder, PID_FILE),
    ports_file_dir: folder,
    store_dir: join(folder, 'jetstream'),
  };
  return ['--jetstream', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
}

async function spawned(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('spawn', resolve);
    server.once('error', (cause) =>
      reject(new LocalServiceError('nats-did-not-start', `nats-server could not be run: ${cause.message}`, { cause })),
    );
  });
}

async function portWhenReady(server: ChildProcess, folder: string, logFile: string): Promise<number> {
  const portsFile = join(folder, `nats-server_${server.pid}.ports`);
  const giveUpAt = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const port = await portIn(portsFile);
    if (port !== undefined) return port;
    if (isOver(server)) throw new NatsDidNotStart(await readFile(logFile, 'utf8'));
    if (Date.now() > giveUpAt) {
      throw new LocalServiceError(
        'nats-did-not-start',
        `nats-server was not ready after ${READY_TIMEOUT_MS / 1000} s; its log is ${logFile}`,
      );
    }
    await sleep(10);
  }
}

/** Reads the file that nats-server writes when it takes connections: `{"nats":["nats://127.0.0.1:4222"], …}`. */
async function portIn(portsFile: string): Promise<number | undefined> {
  try {
    const { nats } = JSON.parse(await readFile(portsFile, 'utf8')) as { nats: [string] };
    return Number(new URL(nats[0]).port);
  } catch {
    return undefined;
  }
}

function isOver(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}
