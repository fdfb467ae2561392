import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Interruption } from '../command/interruption.ts';
import type { Program } from './program.ts';

/**
 * Runs a program in the place of this one: with its terminal, its arguments and its Ctrl-C.
 * @returns the program's exit code
 */
export async function passThrough(
  program: Program,
  commandArguments: readonly string[],
  interruption: Interruption,
): Promise<number> {
  const child = spawn(process.execPath, [...(program.nodeOptions ?? []), program.file, ...commandArguments], {
    cwd: program.folder,
    env: program.environment,
    stdio: 'inherit',
  });
  // In a terminal the program gets Ctrl-C by itself; this is for a signal that was sent to this process alone.
  interruption.requested.addEventListener('abort', () => child.kill('SIGTERM'));
  interruption.forced.addEventListener('abort', () => child.kill('SIGKILL'));
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 1;
}
