/** Runs `dev` for the small server in a workspace of its own, whose sources are below the folder that is given. */
import { join } from 'node:path';
import { runCommand } from '../../src/command/run-command.ts';
import { dev } from '../../src/dev/dev.ts';

const root = process.argv[2] as string;
await runCommand((interruption) =>
  dev(
    {
      root,
      environment: process.env,
      program: (environment) => ({ file: join(root, 'apps/shell/src/main.ts'), folder: root, environment }),
    },
    interruption,
  ),
);
