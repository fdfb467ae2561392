import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** Runs a program and keeps its output to itself. Resolves to undefined, or to why it failed: its first error, else its last line. */
export async function runQuietly(
  command: string,
  commandArguments: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder?: string,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      env: environment,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (exitCode) =>
      resolve(exitCode === 0 ? undefined : (reasonIn(output) ?? `exit code ${exitCode}`)),
    );
  });
}

function reasonIn(output: string): string | undefined {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => ERROR.test(line))?.replace(ERROR, '') ?? lines.at(-1);
}

/** As Node's programs and apt begin the line of an error. */
const ERROR = /^(Error|E): /;
