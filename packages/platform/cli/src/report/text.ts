import { createColors } from 'picocolors';
import type { KnownViolation } from '../violations/ratchet.js';
import type { Violation } from '../violations/violation.js';
import type { Report } from './report.js';

type Colors = ReturnType<typeof createColors>;

/** The report for people: one block per violation, then one line that sums up. */
export function textReport({ verification, outcome, elapsedMs }: Report, colored: boolean): string {
  const colors = createColors(colored);
  const { fresh, known, vanished } = outcome;
  const looked = `${count(verification.modules, 'module')}, ${count(verification.packages, 'package')}, ${count(verification.files, 'file')}, ${count(verification.rules.length, 'rule')} in ${(elapsedMs / 1000).toFixed(1)} s`;
  const lines = [
    ...fresh.map((violation) => block(violation, colors)),
    ...vanishedLines(vanished),
    fresh.length === 0
      ? `${colors.green('✓')} No ${known.length > 0 ? 'new ' : ''}violation: ${looked}.`
      : `${colors.red('✗')} ${count(fresh.length, known.length > 0 ? 'new violation' : 'violation')}: ${looked}.`,
    ...(known.length > 0 ? [`  ${count(known.length, 'known violation')} in the ratchet file may stay for now.`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function block(violation: Violation, { bold, dim, red, cyan }: Colors): string {
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

function vanishedLines(vanished: readonly KnownViolation[]): string[] {
  if (vanished.length === 0) return [];
  const ruleWidth = Math.max(...vanished.map(({ rule }) => rule.length));
  return [
    `${count(vanished.length, 'known violation')} vanished; run with --update-ratchet, so that the ratchet file shrinks:`,
    ...vanished.map(({ rule, file, subject }) => `  ${rule.padEnd(ruleWidth)}  ${file}  ${subject}`),
    '',
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
