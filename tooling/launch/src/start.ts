/** `pnpm start`: everything that serves the shell, from a fresh clone to a page in the browser. */
import { join } from 'node:path';
import { runCommand } from './command/run-command.ts';
import { start } from './start/start.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) =>
  start(
    {
      root: workspaceRoot,
      environment: process.env,
      package: '@macrolith/shell',
      program: (environment) => ({
        file: join(workspaceRoot, 'apps', 'shell', 'dist', 'main.js'),
        folder: workspaceRoot,
        // The log of a shop that somebody tries out is quiet, and the shop not empty, unless they say otherwise.
        environment: { LOG_LEVEL: 'warn', MACROLITH_SEED: 'true', ...environment },
      }),
    },
    interruption,
  ),
);
