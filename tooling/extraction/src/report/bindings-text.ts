import pc from 'picocolors';
import { nameOf } from '../bindings/combinations.js';
import type { CombinationOutcome } from '../bindings/run-combination.js';
import { complaints, complaintsOf } from '../bindings/verdict.js';
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

/** What came of the last combination, as long as others are still to come. */
export function progressText(outcomes: readonly CombinationOutcome[]): string {
  const last = outcomes.at(-1)!;
  const { imported, sums, tests } = last;
  const tested = tests === undefined ? '' : `, ${tests.passed} tests passed, ${tests.leftOut} left out`;
  const done = `${imported.invoices.all} invoices, ${pounds(sums['pence ordered']!)} ordered${tested}`;
  return [done, ...complaintsOf(last, outcomes[0]!)].join('\n  ');
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
