import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How many tests of a package passed and failed, as the Jest preset writes it to `reports/tests.json`. */
export interface PackageReport {
  /** The package's name, without the scope. */
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const PARENTS = ['packages/platform', 'packages/modules', 'apps', 'tooling'];

/** Removes all reports, so that none of an earlier run is counted. */
export function removeReports(root: string): void {
  for (const folder of packagesWithTests(root)) rmSync(reportOf(folder), { force: true });
}

/** The report of every package that has tests. One that left no report has one failure: its run broke. */
export function readReports(root: string): PackageReport[] {
  return packagesWithTests(root).map((folder) => {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    if (!existsSync(reportOf(folder))) return { name, passed: 0, failed: 1, skipped: 0 };
    return { name, ...(JSON.parse(readFileSync(reportOf(folder), 'utf8')) as Omit<PackageReport, 'name'>) };
  });
}

export function sum(reports: readonly PackageReport[]): Omit<PackageReport, 'name'> {
  const add = (key: 'passed' | 'failed' | 'skipped') => reports.reduce((total, report) => total + report[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** Lines of a table, one for each package. */
export function table(reports: readonly PackageReport[]): string[] {
  const width = Math.max(...reports.map(({ name }) => name.length));
  return reports.map(({ name, passed, failed, skipped }) => {
    const counts = [
      `${passed} passed`.padStart(11),
      failed > 0 && `${failed} failed`,
      skipped > 0 && `${skipped} skipped`,
    ];
    return `  ${name.padEnd(width)} ${counts.filter(Boolean).join(', ')}`;
  });
}

function packagesWithTests(root: string): string[] {
  return PARENTS.map((parent) => join(root, parent))
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)))
    .filter(hasTests)
    .sort();
}

function hasTests(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts?: { test?: string } };
  return scripts?.test !== undefined;
}

function reportOf(packageFolder: string): string {
  return join(packageFolder, 'reports', 'tests.json');
}
