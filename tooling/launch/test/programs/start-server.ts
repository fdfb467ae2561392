/** Runs `start` for the small server, below the folder that is given. */
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/command/run-command.ts';
import { start } from '../../src/start/start.ts';

const root = process.argv[2] as string;
await runCommand((interruption) =>
  start(
    {
      root,
      environment: process.env,
      program: (environment) => ({
        file: fileURLToPath(new URL('./server.ts', import.meta.url)),
        folder: root,
        environment,
      }),
    },
    interruption,
  ),
);
