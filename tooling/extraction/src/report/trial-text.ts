import pc from 'picocolors';
import type { KillOutcome } from '../trials/kills.js';
import type { OutageOutcome } from '../trials/outage.js';
import type { RestartOutcome } from '../trials/restarts.js';
import { table } from './table.js';

type TakeAwayOutcome = RestartOutcome | KillOutcome;

const EXAMPLES = 5;

/** What must not be, each with examples. */
function complaints(outcome: TakeAwayOutcome): readonly (readonly [string, readonly string[]])[] {
  const wrong = outcome.checks.filter(({ wrong }) => wrong > 0);
  const all: [string, readonly string[]][] = [
    ['calls failed', outcome.failures.map(({ call, status, problem }) => `${call}: ${status} ${problem}`)],
    ['commands did not act once', outcome.otherThanOnce],
    ['sums do not agree', wrong.map(({ what, wrong }) => `${what}: ${wrong} wrong`)],
  ];
  if ('untidy' in outcome) all.push(['processes did not end with 0', Array(outcome.untidy).fill('a macroservice')]);
  else {
    all.push(['calls were answered and sent again', outcome.answeredAndSentAgain]);
    all.push(['calls were lost and not sent again', outcome.lostAndNotSentAgain]);
  }
  return all.filter(([, examples]) => examples.length > 0);
}

export function isFine(outcome: TakeAwayOutcome): boolean {
  return complaints(outcome).length === 0;
}

/** A row of restarts or kills for a person. */
export function takeAwayText(outcome: TakeAwayOutcome): string {
  const { times, seconds, queries, commands, orders, sentAgain } = outcome;
  const what = 'untidy' in outcome ? 'restarts' : 'kills';
  const again =
    'lost' in outcome
      ? `${outcome.lost} were in the hands of a process that was killed, and ${sentAgain} were sent again.`
      : `${sentAgain} were sent more than once.`;
  const wrong = complaints(outcome);
  return [
    `${times} ${what} in ${seconds} s, under ${queries} queries, ${commands} commands and ${orders} orders. ${again}`,
    wrong.length === 0 ? pc.green('✓ No call failed, and every command acted once.') : '',
    ...wrong.flatMap(([sentence, examples]) => [
      pc.red(`✗ ${examples.length} ${sentence}:`),
      ...examples.slice(0, EXAMPLES).map((example) => `  ${example}`),
    ]),
  ].join('\n');
}

const HEADINGS = ['away', 'failures to open', 'p50 ms', 'p99 ms', 'sent though open', 'over HTTP', 'shell ready', 'recovered ms'];

/** Outages for a person. */
export function outageText(outcomes: readonly OutageOutcome[]): string {
  return table(
    HEADINGS,
    outcomes.map((outcome) => [
      outcome.away,
      `${outcome.failuresToOpen}`,
      `${outcome.p50Ms}`,
      `${outcome.p99Ms}`,
      `${outcome.sentThoughOpen.length}`,
      `${outcome.answer.status}`,
      `${outcome.readiness['200'] ?? 0} of ${Object.values(outcome.readiness).reduce((sum, count) => sum + count, 0)}`,
      `${outcome.recoveredAfterMs}`,
    ]),
  );
}
