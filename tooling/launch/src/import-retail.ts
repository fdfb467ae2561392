/** `pnpm import:retail FILE`: the importer of retail orders, built first. */
import { runCommand } from './command/run-command.ts';
import { runBuiltTool } from './process/built-tool.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => runBuiltTool(workspaceRoot, 'retail-import', interruption));
