import { join } from 'node:path';
import { build } from '../build/build.ts';
import type { Interruption } from '../command/interruption.ts';
import { Steps } from '../terminal/steps.ts';
import { passThrough } from './pass-through.ts';

/**
 * Builds a package of `tooling` with what it depends on, then runs its `dist/main.js` with the arguments of this
 * command, in the folder where the person called it: file names that they give are relative to that.
 * @returns the tool's exit code
 */
export async function runBuiltTool(root: string, name: string, interruption: Interruption): Promise<number> {
  // Progress goes to stderr: the tool's own output may be piped into a file.
  await build(new Steps(process.stderr), { root, of: `@macrolith/${name}`, interrupted: interruption.requested });
  const [first, ...others] = process.argv.slice(2);
  const commandArguments = first === undefined || first === '--' ? others : [first, ...others];
  return await passThrough(
    {
      file: join(root, 'tooling', name, 'dist', 'main.js'),
      folder: process.env.INIT_CWD ?? process.cwd(),
      environment: process.env,
    },
    commandArguments,
    interruption,
  );
}
