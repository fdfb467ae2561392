import pc from 'picocolors';
import type { OutageOutcome } from '../trials/outage.js';
import type { TakeAwayOutcome } from '../trials/take-away.js';
import type { TrialsOutcome } from '../trials/trials.js';
import { complaints } from '../trials/verdict.js';
import { table } from './table.js';

const EXAMPLES = 5;
const TAKEN_AWAY = [
  'under load',
  'times',
  'seconds',
  'queries',
  'commands',
  'orders',
  'failed',
  'lost on the way',
  'sent again',
];
const AWAY = [
  'all away',
  'failures to open',
  'p50 ms',
  'p99 ms',
  'sent though open',
  'over HTTP',
  'shell ready',
  'recovered ms',
];

/** All trials for a person. */
export function trialsText(outcome: TrialsOutcome): string {
  const { restarts, kills, outages } = outcome;
  const takenAway = [
    ...(restarts ? [takenAwayRow('restarts', restarts, '-', restarts.sentAgain)] : []),
    ...(kills ? [takenAwayRow('kills', kills, `${kills.lost}`, kills.sentAgain)] : []),
  ];
  const wrong = complaints(outcome);
  const verdict =
    wrong.length === 0
      ? pc.green(
          '✓ No call failed while a process was there, every command acted once, and the shell was always ready.',
        )
      : wrong
          .flatMap(({ what, examples }) => [
            pc.red(`✗ ${examples.length} ${what}:`),
            ...examples.slice(0, EXAMPLES).map((example) => `    ${example}`),
          ])
          .join('\n');
  return [
    ...(takenAway.length > 0 ? [table(TAKEN_AWAY, takenAway), ''] : []),
    ...(outages.length > 0 ? [table(AWAY, outages.map(awayRow)), ''] : []),
    verdict,
  ].join('\n');
}

function takenAwayRow(what: string, outcome: TakeAwayOutcome, lost: string, sentAgain: number): string[] {
  const { times, seconds, queries, commands, orders, failures } = outcome;
  return [what, ...[times, seconds, queries, commands, orders, failures.length, lost, sentAgain].map(String)];
}

function awayRow({
  away,
  failuresToOpen,
  p50Ms,
  p99Ms,
  sentThoughOpen,
  answer,
  readiness,
  recoveredAfterMs,
}: OutageOutcome) {
  const asked = Object.values(readiness).reduce((sum, count) => sum + count, 0);
  return [
    away,
    ...[failuresToOpen, p50Ms, p99Ms, sentThoughOpen.length, answer.status].map(String),
    `${readiness['200'] ?? 0} of ${asked}`,
    `${recoveredAfterMs}`,
  ];
}
