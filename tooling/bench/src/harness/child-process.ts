import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ChildProcess {
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/**
 * Starts a program of this package that tells its parent when it is ready, and ends when it is told to. Resolves when it is ready; its
 * standard error goes into the error when it never is.
 */
export async function startProcess(program: URL, args: readonly string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(program), args, { silent: true });
  let complaint = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  const ended = once(child, 'exit');
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  child.once('message', () => resolve());
  void ended.then(([code]) => reject(new Error(`${args[0]} ended (exit code ${code}):\n${complaint}`)));
  await ready;
  return {
    async stop() {
      if (child.exitCode === null) child.send('stop');
      await ended;
    },
  };
}
