import path from 'node:path';
import { verify } from '../../src/verify.js';
import type { Violation } from '../../src/violations/violation.js';

/** The folder of one of the miniature workspaces, e.g. `no-cycles/broken`. */
export function miniature(name: string): string {
  return path.join(import.meta.dirname, '../workspaces', name);
}

/** What one rule finds in its broken workspace: `file:line:column subject`, the files without `packages/modules/`. */
export async function foundBy(rule: string): Promise<string[]> {
  const { violations } = await verify({ root: miniature(`${rule}/broken`), rules: [rule] });
  return violations.map(told);
}

/** What all rules together find in the clean workspace of a rule. */
export async function foundInClean(rule: string): Promise<string[]> {
  const { violations } = await verify({ root: miniature(`${rule}/clean`) });
  return violations.map((violation) => `${violation.rule} ${told(violation)}`);
}

function told({ file, line, column, subject }: Violation): string {
  return `${file.replace('packages/modules/', '')}:${line}:${column} ${subject}`;
}
