import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAMS = {
  shell: fileURLToPath(new URL('../../shell/dist/main.js', import.meta.url)),
  macroservice: fileURLToPath(new URL('../dist/main.js', import.meta.url)),
};
const IMPORTS_CHANGED = new URL('./programs/imports-changed.js', import.meta.url).href;

export type Program = keyof typeof PROGRAMS;

/** A process, and everything that it has written. */
export interface LoggedProcess {
  /** Resolves to where it can be reached. Rejects when it ends before. */
  readonly ready: Promise<string>;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  log(): string;
  /** Asks it to end by SIGTERM. Answers its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export function startLogged(program: Program, environment: Record<string, string | undefined>): LoggedProcess {
  const child: ChildProcess = fork(PROGRAMS[program], {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    execArgv: program === 'shell' ? [`--import=${IMPORTS_CHANGED}`] : [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message) => resolve((message as { ready: string }).ready));
    void ended.then((code) => reject(new Error(`${program} ended with ${code} before it was ready: ${log}`)));
  });
  ready.catch(() => {});
  return {
    ready,
    ended,
    log: () => log,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
