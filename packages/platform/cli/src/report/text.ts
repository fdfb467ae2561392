import { createColors } from 'picocolors';
import type { KnownViolation } from '../violations/ratchet.js';
import { count } from './count.js';
import type { Report } from './report.js';
import { violationBlock } from './violation-block.js';

/** The report for people: one block per violation, then one line that sums up. */
export function textReport({ verification, outcome, elapsedMs }: Report, colored: boolean): string {
  const colors = createColors(colored);
  const { fresh, known, vanished } = outcome;
  const looked = `${count(verification.modules, 'module')}, ${count(verification.packages, 'package')}, ${count(verification.files, 'file')}, ${count(verification.rules.length, 'rule')} in ${(elapsedMs / 1000).toFixed(1)} s`;
  const lines = [
    ...fresh.map((violation) => violationBlock(violation, colors)),
    ...vanishedLines(vanished),
    fresh.length === 0
      ? `${colors.green('✓')} No ${known.length > 0 ? 'new ' : ''}violation: ${looked}.`
      : `${colors.red('✗')} ${count(fresh.length, known.length > 0 ? 'new violation' : 'violation')}: ${looked}.`,
    ...(known.length > 0 ? [`  ${count(known.length, 'known violation')} in the ratchet file may stay for now.`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Tells that a ratchet file can shrink. */
export function vanishedLines(vanished: readonly KnownViolation[]): string[] {
  if (vanished.length === 0) return [];
  const ruleWidth = Math.max(...vanished.map(({ rule }) => rule.length));
  return [
    `${count(vanished.length, 'known violation')} vanished; run with --update-ratchet, so that the ratchet file shrinks:`,
    ...vanished.map(({ rule, file, subject }) => `  ${rule.padEnd(ruleWidth)}  ${file}  ${subject}`),
    '',
  ];
}
