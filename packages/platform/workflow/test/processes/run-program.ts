import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCE } from '@macrolith/jest/from-source';

/** Starts one of the programs of this folder as a Node process of its own. */
export function startProgram(name: string, ...parameters: readonly string[]): ChildProcess {
  const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  return spawn(process.execPath, [...FROM_SOURCE, file(name), ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

/** How a program ended, and what it said. */
export async function ended(program: ChildProcess): Promise<{ code: number | null; output: string; errors: string }> {
  let output = '';
  let errors = '';
  program.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  program.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const [code] = (await once(program, 'close')) as [number | null];
  return { code, output, errors };
}
