import type { BindingKind } from '../call-hook.js';
import type { ModuleDeclaration } from '../module-declaration.js';
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
  readonly workflows: readonly string[];
}

/** What this process runs, one row a module, in dependency order. */
export type BootReport = readonly BootReportRow[];

export function reportOf(
  modules: readonly ModuleDeclaration[],
  bindingOf: (port: string) => BindingKind | undefined,
): BootReport {
  return modules.map(({ manifest, workflows, features }) => ({
    module: manifest.name,
    version: manifest.port.contract.version,
    owner: manifest.owner,
    binding: bindingOf(manifest.name) ?? 'local',
    schema: manifest.schema,
    uses: manifest.uses.map((port) => port.contract.name),
    hears: heardEvents({ features }).map(({ id }) => id),
    workflows: workflows.map(({ name, version }) => `${name} v${version}`),
  }));
}

const COLUMNS = ['module', 'version', 'binding', 'owner', 'schema', 'uses'] as const;

/** The report as an aligned table. */
export function formatBootReport(report: BootReport): string {
  const lines = [
    [...COLUMNS] as string[],
    ...report.map((row) => COLUMNS.map((column) => (column === 'uses' ? row.uses.join(', ') || '-' : row[column]))),
  ];
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
