/** `pnpm bench [SUITE…] [--quick] [--json FILE]`: the benchmarks, built first. */
import { runCommand } from './command/run-command.ts';
import { runBuiltTool } from './process/built-tool.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => runBuiltTool(workspaceRoot, 'bench', interruption));
