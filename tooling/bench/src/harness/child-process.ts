import { fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ChildProcess {
  /** Sends a question, and resolves with the next thing that the process says. One at a time. */
  ask<Answer>(question: Serializable): Promise<Answer>;
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
  const broken = ended.then(([code]): never => {
    throw new Error(`${args[0]} ended (exit code ${code}):\n${complaint}`);
  });
  // It also ends when it is told to.
  broken.catch(() => {});
  const hear = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), broken]);
    return message;
  };
  await hear();
  return {
    async ask<Answer>(question: Serializable) {
      const answer = hear();
      child.send(question);
      return (await answer) as Answer;
    },
    async stop() {
      if (child.exitCode === null) child.send('stop');
      await ended;
    },
  };
}
