/** Runs `start` for the real shell, without building it: `built`, or straight from its `sources`. */
import { runCommand } from '../../src/command/run-command.ts';
import { builtShell, shellFromSources } from '../../src/shell/shell-program.ts';
import { start } from '../../src/start/start.ts';
import { workspaceRoot as root } from '../../src/workspace.ts';

const shell = process.argv[2] === 'sources' ? shellFromSources : builtShell;
await runCommand((interruption) =>
  start({ root, environment: process.env, program: (environment) => shell(root, environment) }, interruption),
);
