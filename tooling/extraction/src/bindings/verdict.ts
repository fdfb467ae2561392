import { nameOf } from './combinations.js';
import type { CombinationOutcome } from './run-combination.js';
import { differences } from './sums.js';

/** What is wrong with a row of combinations: nothing, or sentences. The first is what the others are held against. */
export function complaints(outcomes: readonly CombinationOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => complaintsOf(outcome, outcomes[0]!));
}

/** What is wrong with one combination, held against the first. */
export function complaintsOf(
  { remote, checks, sums, tests }: CombinationOutcome,
  first: CombinationOutcome,
): readonly string[] {
  const name = `With ${nameOf(remote)} elsewhere`;
  return [
    ...checks
      .filter(({ wrong }) => wrong > 0)
      .map(({ what, wrong }) => `${name} it is not so that ${what}: ${wrong} times.`),
    ...differences(first.sums, sums).map((what) => `${name} '${what}' is ${sums[what]}, and was ${first.sums[what]}.`),
    ...(tests?.failures ?? []).map(({ test, why }) => `${name} this test fails: ${test}\n${why}\n`),
  ];
}
