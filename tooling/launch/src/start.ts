/** `pnpm start`: everything that serves the shell, from a fresh clone to a page in the browser. */
import { startCardNetwork } from './card-network/sandbox.ts';
import { runCommand } from './command/run-command.ts';
import { builtShell, SHELL_PACKAGE } from './shell/shell-program.ts';
import { start } from './start/start.ts';
import { workspaceRoot as root } from './workspace.ts';

await runCommand((interruption) =>
  start(
    {
      root,
      environment: process.env,
      cardNetwork: startCardNetwork,
      package: SHELL_PACKAGE,
      program: (environment) => builtShell(root, environment),
    },
    interruption,
  ),
);
