/** Runs `test` for the workspace that is given. */
import { runCommand } from '../../src/command/run-command.ts';
import { test } from '../../src/test/test.ts';

await runCommand((interruption) => test(process.argv[2] as string, interruption));
