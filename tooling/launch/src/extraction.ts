/** `pnpm extraction bindings [--all]` and others: modules move out of a shop, and their processes are taken away; built first. */
import { runCommand } from './command/run-command.ts';
import { runBuiltTool } from './process/built-tool.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => runBuiltTool(workspaceRoot, 'extraction', interruption));
