import type { Report } from './report.js';

/** The report for programs. `violations` are the new ones; the verification failed when there are any. */
export function jsonReport({ verification, outcome, elapsedMs }: Report): string {
  const { packages, modules, files, rules } = verification;
  const content = {
    violations: outcome.fresh,
    known: outcome.known,
    vanished: outcome.vanished,
    summary: { packages, modules, files, rules: rules.map(({ id }) => id), elapsedMs: Math.round(elapsedMs) },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
