/** `pnpm dev`: the shell straight from its sources, restarted on every save. */
import { startCardNetwork } from './card-network/sandbox.ts';
import { runCommand } from './command/run-command.ts';
import { dev } from './dev/dev.ts';
import { SHELL_PACKAGE, shellFromSources } from './shell/shell-program.ts';
import { workspaceRoot as root } from './workspace.ts';

await runCommand((interruption) =>
  dev(
    {
      root,
      environment: process.env,
      cardNetwork: startCardNetwork,
      package: SHELL_PACKAGE,
      program: (environment) => shellFromSources(root, environment),
    },
    interruption,
  ),
);
