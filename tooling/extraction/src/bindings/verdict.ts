import { nameOf } from './combinations.js';
import type { CombinationOutcome } from './run-combination.js';
import { differences } from './sums.js';

/** What is wrong with a row of combinations: nothing, or sentences. The first is what the others are held against. */
export function complaints(outcomes: readonly CombinationOutcome[]): readonly string[] {
  const [first] = outcomes;
  return outcomes.flatMap((outcome) => {
    const name = `With ${nameOf(outcome.remote)} elsewhere`;
    const wrong = outcome.checks.filter(({ wrong }) => wrong > 0);
    const unlike = differences(first!.sums, outcome.sums);
    return [
      ...wrong.map(({ what, wrong }) => `${name} it is not so that ${what}: ${wrong} times.`),
      ...unlike.map((what) => `${name} '${what}' is ${outcome.sums[what]}, and was ${first!.sums[what]}.`),
      ...(outcome.tests?.failures ?? []).map(({ test, why }) => `${name} this test fails: ${test}\n${why}\n`),
    ];
  });
}
