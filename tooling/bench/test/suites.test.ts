import { describe, expect, it } from '@jest/globals';
import { compare, type Result, type Suite } from '../src/harness/comparison.js';
import { ALL_SUITES } from '../src/suites/all-suites.js';

const QUICK = { quick: true };

describe.each(ALL_SUITES.map((suite) => [suite.name, suite] as const))('the suite %s', (name, suite) => {
  it('runs from beginning to end, and its results are well formed', async () => {
    const results = await runOnce(suite);
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) expectWellFormed(result, name);
    const places = results.map((result) => [result.case, result.metric, result.peerName].join('|'));
    expect(new Set(places).size).toBe(places.length);
  }, 300_000);
});

/** One round of everything. */
async function runOnce(suite: Suite): Promise<readonly Result[]> {
  const results: Result[] = [];
  await suite.run(async (comparison) => {
    results.push(...(await compare({ ...comparison, rounds: 1, warmUpRounds: 0 }, QUICK)));
  }, QUICK);
  return results;
}

function expectWellFormed(result: Result, suite: string): void {
  expect(result).toEqual({
    suite,
    case: expect.stringMatching(/\S/),
    metric: expect.stringMatching(/\S/),
    unit: expect.stringMatching(/\S/),
    ours: expect.any(Number),
    peer: expect.any(Number),
    peerName: expect.stringMatching(/\S/),
    ratio: result.ours / result.peer,
  });
  expect(result.ours).toBeGreaterThan(0);
  expect(result.peer).toBeGreaterThan(0);
  expect(Number.isFinite(result.ratio)).toBe(true);
}
