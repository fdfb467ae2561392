/** `pnpm chaos [--seed N] [--kills N]`: the proof by killing processes, built first. */
import { runCommand } from './command/run-command.ts';
import { runBuiltTool } from './process/built-tool.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => runBuiltTool(workspaceRoot, 'chaos', interruption));
