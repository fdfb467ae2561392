import type { createColors } from 'picocolors';
import type { Violation } from '../violations/violation.js';

export type Colors = ReturnType<typeof createColors>;

/** A violation for people: its place, and under each other what, what to do, who and where to read on. */
export function violationBlock(violation: Violation, { bold, dim, red, cyan }: Colors): string {
  const { file, line, column, rule, owner, message, remedy, link } = violation;
  const row = (label: string, text: string) => `  ${dim(label.padEnd(7))}${text}`;
  return [
    `${bold(`${file}:${line}:${column}`)}  ${red(rule)}`,
    row('what', message),
    row('do', remedy),
    row('owner', owner),
    row('see', cyan(link)),
    '',
  ].join('\n');
}
