/** `pnpm reconcile:payments`: the comparison of orders, payments and card charges, built first. */
import { runCommand } from './command/run-command.ts';
import { runBuiltTool } from './process/built-tool.ts';
import { workspaceRoot } from './workspace.ts';

await runCommand((interruption) => runBuiltTool(workspaceRoot, 'payment-reconciliation', interruption));
