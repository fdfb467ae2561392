/** `pnpm test`: all checks and all tests, with everything that they need. */
import { runCommand } from './command/run-command.ts';
import { test } from './test/test.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => test(workspaceRoot, interruption));
