/**
 * Runs `start` for the real shell, without building it: `built`, or straight from its `sources`. With a folder, a card network
 * runs beside it, whose store is there.
 */
import { startCardNetwork } from '../../src/card-network/sandbox.ts';
import { runCommand } from '../../src/command/run-command.ts';
import { builtShell, shellFromSources } from '../../src/shell/shell-program.ts';
import { start } from '../../src/start/start.ts';
import { workspaceRoot as root } from '../../src/workspace.ts';

const [form, folder] = process.argv.slice(2);
const shell = form === 'sources' ? shellFromSources : builtShell;
const cardNetwork: typeof startCardNetwork = (preparation, ...others) =>
  startCardNetwork({ ...preparation, root: folder! }, ...others);
await runCommand((interruption) =>
  start(
    {
      root,
      environment: process.env,
      ...(folder === undefined ? {} : { cardNetwork }),
      program: (environment) => shell(root, environment),
    },
    interruption,
  ),
);
