import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from './watchdog.ts';

/** A program to run, by the Node that runs this process. */
export interface Program {
  /** The JavaScript or TypeScript file. */
  readonly file: string;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Added to the environment of this process; `undefined` takes a variable out. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Is given what it writes to standard error, as it comes. */
  readonly onErrors?: (text: string) => void;
  /** Is given what it sends over IPC, but for what it announces. */
  readonly onMessage?: (message: object) => void;
}

/** How a program ended: exactly one of the two. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that was started here. It does not outlive this process, however that ends. */
export interface RunningProgram {
  readonly pid: number;
  /** Resolves to what it announces: `process.send({ ready: … })`. Rejects with `EndedBeforeReady`. */
  readonly ready: Promise<string>;
  /** Resolves when the process is gone, however it ended. */
  readonly ended: Promise<Ending>;
  /** Sends it a message over IPC. */
  tell(message: object): void;
  /** Ends it by SIGKILL, without a chance to tidy up. Resolves when it is gone. */
  kill(): Promise<Ending>;
  /** Asks it by SIGTERM to end in good order. Resolves when it is gone. */
  stop(): Promise<Ending>;
}

/** A program ended before it announced that it was ready. */
export class EndedBeforeReady extends Error {
  override readonly name = 'EndedBeforeReady';
  readonly ending: Ending;
  /** What it wrote to standard error. */
  readonly errors: string;

  constructor(file: string, ending: Ending, errors: string) {
    super(`${file} ended with ${ending.signal ?? `code ${ending.exitCode}`} before it was ready: ${errors}`);
    this.ending = ending;
    this.errors = errors;
  }
}

/** How long a program whose starter died may take to end in good order. */
const PATIENCE_MS = 30_000;

export function startProgram({ file, nodeOptions = [], environment = {}, ...listeners }: Program): RunningProgram {
  const child = spawn(process.execPath, [...nodeOptions, file], {
    // The options of this Node are its own business: those of Jest would be in the way.
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    // A group of its own: a Ctrl-C in the terminal must reach it from here only.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const pid = child.pid ?? 0;
  const watchdog = watch({ pid, signal: 'TERM', patienceMs: PATIENCE_MS });
  void ended.then(() => watchdog.dismiss());
  const ready = untilReady(child, file, ended, listeners);
  // Whoever does not wait for it learns from `ended` that it is gone.
  ready.catch(() => {});
  const signal = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    pid,
    ready,
    ended,
    tell: (message) => void child.send(message),
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
  };
}

function untilReady(
  child: ChildProcess,
  file: string,
  ended: Promise<Ending>,
  { onErrors, onMessage }: Pick<Program, 'onErrors' | 'onMessage'>,
): Promise<string> {
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    onErrors?.(text);
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null) return;
      if ('ready' in message) resolve(String(message.ready));
      else onMessage?.(message);
    });
    ended.then((ending) => reject(new EndedBeforeReady(file, ending, errors.trim())), reject);
  });
}
