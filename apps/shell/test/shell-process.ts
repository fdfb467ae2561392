import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The built shell as a process of its own. */
export interface ShellProcess {
  readonly url: string;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
  /** Asks it to end. Answers its exit code. */
  stop(): Promise<number | null>;
}

export class ShellDidNotStart extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`The shell ended with ${exitCode} before it served: ${output}`);
  }
}

export async function startShellProcess(environment: Record<string, string>): Promise<ShellProcess> {
  const child = fork(PROGRAM, {
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: '0', ...environment },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await ready(child, ended);
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function ready(child: ChildProcess, ended: Promise<number | null>): Promise<string> {
  let errors = '';
  child.stderr!.on('data', (text) => {
    errors += text;
  });
  child.stdout!.resume();
  const served = new Promise<string>((resolve) => {
    child.on('message', (message) => resolve((message as { ready: string }).ready));
  });
  const failed = ended.then((exitCode) => {
    throw new ShellDidNotStart(exitCode, errors.trim());
  });
  return Promise.race([served, failed]);
}
