import pc from 'picocolors';
import { nameOf } from '../bindings/combinations.js';
import type { CombinationOutcome } from '../bindings/run-combination.js';
import { complaints } from '../bindings/verdict.js';
import { pounds, table } from './table.js';

const HEADINGS = [
  'elsewhere',
  'invoices',
  'lines',
  'ordered',
  'cancelled',
  'on accounts',
  'in stock',
  'messages',
  'checks',
  'import',
  'tests',
  'left out',
  'took',
];

/** The combinations for a person. */
export function bindingsText(outcomes: readonly CombinationOutcome[]): string {
  const wrong = complaints(outcomes);
  const verdict =
    wrong.length === 0
      ? pc.green('✓ Every sum agrees to the penny, every ledger row by row, and nothing failed.')
      : pc.red(`✗ ${wrong.length} things are not as they should be:`);
  return [table(HEADINGS, outcomes.map(row)), '', verdict, ...wrong.map((sentence) => `  ${sentence}`)].join('\n');
}

function row({ remote, imported, importSeconds, sums, checks, tests, testSeconds }: CombinationOutcome): string[] {
  const agreeing = checks.filter(({ wrong }) => wrong === 0).length;
  return [
    nameOf(remote),
    `${imported.invoices.all}`,
    `${imported.lines.all}`,
    pounds(sums['pence ordered']!),
    pounds(sums['pence cancelled']!),
    pounds(sums['pence on accounts']!),
    `${sums['pieces available']} + ${sums['pieces reserved']}`,
    sums['messages sent']!,
    `${agreeing} of ${checks.length}`,
    `${importSeconds} s`,
    tests === undefined ? '-' : `${tests.passed} of ${tests.passed + tests.failed}`,
    tests === undefined ? '-' : `${tests.leftOut}`,
    tests === undefined ? '-' : `${testSeconds} s`,
  ];
}
