import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from '@macrolith/local-services';

/** A program to run, by the Node that runs this command. */
export interface Program {
  /** The JavaScript or TypeScript file. */
  readonly file: string;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** How a program ended: exactly one of the two. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that was started here, and that never outlives this process. */
export interface RunningProgram {
  readonly pid: number;
  /** Resolves when the process is gone, however it ended. */
  readonly ended: Promise<Ending>;
  /** Resolves to what the program announced over IPC as `{ ready: … }`. Rejects with `EndedBeforeReady`. */
  readonly ready: Promise<string>;
  /** Asks the program to end and waits until it has. Kills it after its patience, or when `forced` aborts. */
  stop(forced: AbortSignal): Promise<void>;
}

export class EndedBeforeReady extends Error {
  override readonly name = 'EndedBeforeReady';
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(`The program ended before it was ready, with ${ending.signal ?? `code ${ending.exitCode}`}.`);
    this.ending = ending;
  }
}

/** Longer than the shell may take to drain. */
const STOP_PATIENCE_MS = 30_000;

export function startProgram(program: Program): RunningProgram {
  const child = spawn(process.execPath, [...(program.nodeOptions ?? []), program.file], {
    cwd: program.folder,
    env: program.environment,
    // A group of its own: a Ctrl-C in the terminal must reach it once, from here, and in the right order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const ready = untilReady(child, ended);
  ready.catch(() => {});

  const pid = child.pid ?? 0;
  const watchdog = watch({ pid, signal: 'TERM', patienceMs: STOP_PATIENCE_MS });
  void ended.then(() => watchdog.dismiss());

  return { pid, ended, ready, stop: (forced) => stop(child, ended, forced) };
}

function untilReady(child: ChildProcess, ended: Promise<Ending>): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) resolve(String(message.ready));
    });
    ended.then((ending) => reject(new EndedBeforeReady(ending)), reject);
  });
}

async function stop(child: ChildProcess, ended: Promise<Ending>, forced: AbortSignal): Promise<void> {
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  if (forced.aborted) kill();
  else child.kill('SIGTERM');
  forced.addEventListener('abort', kill);
  const impatience = setTimeout(kill, STOP_PATIENCE_MS);
  await ended;
  clearTimeout(impatience);
  forced.removeEventListener('abort', kill);
}
