import { spawn } from 'node:child_process';

/** Runs a program and keeps its output to itself. Resolves to undefined, or to the last line it said when it failed. */
export async function runQuietly(
  command: string,
  commandArguments: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const child = spawn(command, commandArguments, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exitCode) =>
      resolve(exitCode === 0 ? undefined : lastLineOf(output) || `exit code ${exitCode}`),
    );
  });
}

function lastLineOf(output: string): string | undefined {
  return output
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');
}
