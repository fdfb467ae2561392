import { expect, test } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.js';

function held() {
  const runs: PromiseWithResolvers<void>[] = [];
  const work = new OneAtATime(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { runs, work };
}

test('work that is asked for is begun at once, and not twice at the same time', () => {
  const { runs, work } = held();
  work.ask();
  work.ask();
  work.ask();
  expect(runs).toHaveLength(1);
});

test('whoever asked meanwhile is served by one more run, that begins afterwards', async () => {
  const { runs, work } = held();
  work.ask();
  work.ask();
  work.ask();
  runs[0]!.resolve();
  await new Promise(setImmediate);
  expect(runs).toHaveLength(2);
  runs[1]!.resolve();
  await work.idle();
  expect(runs).toHaveLength(2);
});
