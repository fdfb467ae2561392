import type { OutageOutcome } from './outage.js';
import type { TakeAwayOutcome } from './take-away.js';
import type { TrialsOutcome } from './trials.js';

/** Something that must not be, and examples of it. */
export interface Complaint {
  readonly what: string;
  readonly examples: readonly string[];
}

export function complaints({ restarts, kills, outages }: TrialsOutcome): readonly Complaint[] {
  const all: Complaint[] = [
    ...(restarts === undefined ? [] : ofTakeAway('restart', restarts)),
    ...(kills === undefined ? [] : ofTakeAway('kill', kills)),
    { what: 'restarted processes did not end with 0', examples: Array(restarts?.untidy ?? 0).fill('a macroservice') },
    { what: 'calls were answered and sent again', examples: kills?.answeredAndSentAgain ?? [] },
    { what: 'calls were lost with a process and not sent again', examples: kills?.lostAndNotSentAgain ?? [] },
    ...outages.flatMap(ofOutage),
  ];
  return all.filter(({ examples }) => examples.length > 0);
}

function ofTakeAway(what: string, { failures, otherThanOnce, checks }: TakeAwayOutcome): Complaint[] {
  const wrong = checks.filter(({ wrong }) => wrong > 0);
  return [
    {
      what: `calls failed during a ${what}`,
      examples: failures.map(({ call, status, problem }) => `${call}: ${status} ${problem}`),
    },
    { what: `commands did not act once during a ${what}`, examples: otherThanOnce },
    { what: `sums do not agree after a ${what}`, examples: wrong.map(({ what, wrong }) => `${what}: ${wrong} wrong`) },
  ];
}

function ofOutage({ away, circuit, sentThoughOpen, answer, readiness }: OutageOutcome): Complaint[] {
  const isProblem = answer.status === 503 && (answer.type?.startsWith('application/problem+json') ?? false);
  const unready = Object.entries(readiness).filter(([status]) => status !== '200');
  return [
    { what: `circuits stayed closed without ${away}`, examples: circuit === 'closed' ? [circuit] : [] },
    { what: `calls were sent though the circuit was open without ${away}`, examples: sentThoughOpen },
    { what: `answers over HTTP were no 503 without ${away}`, examples: isProblem ? [] : [JSON.stringify(answer)] },
    {
      what: `answers of /health/ready were not 200 without ${away}`,
      examples: unready.map(([status, count]) => `${status}, ${count} times`),
    },
  ];
}
