import type { BindingKind } from '../call-hook.js';
import type { ModuleDeclaration } from '../module-declaration.js';
import type { AnyWorkflow } from '../workflow/workflow.js';
import type { WorkflowMode } from '../workflow/workflow-modes.js';
import { heardEvents } from './heard-events.js';

export interface BootReportRow {
  readonly module: string;
  /** The contract's version. */
  readonly version: string;
  readonly owner: string;
  readonly binding: BindingKind;
  readonly schema: string;
  readonly uses: readonly string[];
  /** The events that it declared to hear, of modules that it does not use: `orders.order-placed.v1`. */
  readonly hears: readonly string[];
  readonly workflows: readonly WorkflowRow[];
}

export interface WorkflowRow {
  readonly name: string;
  readonly version: number;
  readonly mode: WorkflowMode;
}

/** What this process runs, one row a module, in dependency order. */
export type BootReport = readonly BootReportRow[];

export function reportOf(
  modules: readonly ModuleDeclaration[],
  bindingOf: (port: string) => BindingKind | undefined,
  modeOf: (workflow: AnyWorkflow, owner: string) => WorkflowMode,
): BootReport {
  return modules.map(({ manifest, workflows, features }) => ({
    module: manifest.name,
    version: manifest.port.contract.version,
    owner: manifest.owner,
    binding: bindingOf(manifest.name) ?? 'local',
    schema: manifest.schema,
    uses: manifest.uses.map((port) => port.contract.name),
    hears: heardEvents({ features }).map(({ id }) => id),
    workflows: workflows.map((workflow) => ({
      name: workflow.name,
      version: workflow.version,
      mode: modeOf(workflow, manifest.name),
    })),
  }));
}

const MODULE_COLUMNS = ['module', 'version', 'binding', 'owner', 'schema', 'uses'] as const;
const WORKFLOW_COLUMNS = ['workflow', 'version', 'mode'] as const;

/** The report as aligned tables: the modules, and the workflows if there are any. */
export function formatBootReport(report: BootReport): string {
  const modules = report.map((row) =>
    MODULE_COLUMNS.map((column) => (column === 'uses' ? row.uses.join(', ') || '-' : row[column])),
  );
  const workflows = report.flatMap((row) =>
    row.workflows.map(({ name, version, mode }) => [name, String(version), mode] as string[]),
  );
  const tables = [
    table(MODULE_COLUMNS, modules),
    ...(workflows.length > 0 ? [table(WORKFLOW_COLUMNS, workflows)] : []),
  ];
  return tables.join('\n\n');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
