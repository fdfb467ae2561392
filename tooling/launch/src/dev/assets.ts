import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../process/run-tool.ts';

/** Builds a package's browser assets anew. Resolves to what went wrong, or undefined. */
export async function buildAssets(packageFolder: string, interrupted: AbortSignal): Promise<string | undefined> {
  const vite = join(packageFolder, 'node_modules', '.bin', 'vite');
  const isModuleUi = existsSync(join(packageFolder, 'vite.config.ts')) && existsSync(vite);
  const { exitCode, output } = isModuleUi
    ? await runTool({ command: vite, arguments: ['build'], folder: packageFolder, interrupted })
    : await runTool({ command: 'pnpm', arguments: ['run', 'build'], folder: packageFolder, interrupted });
  return exitCode === 0 ? undefined : output;
}
