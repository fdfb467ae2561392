import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Alarm } from './alarm.js';

/** Moments, relative to now, that an alarm has to ring for, and when it rang for each. */
async function rungFor(delays: readonly number[]): Promise<readonly number[]> {
  const start = Date.now();
  const due = new Set(delays.map((delay) => start + delay));
  const { promise, resolve } = Promise.withResolvers<void>();
  const rung: number[] = [];
  const alarm = new Alarm((now) => {
    for (const moment of due) {
      if (moment > now) continue;
      due.delete(moment);
      rung.push(moment - start);
    }
    if (due.size === 0) resolve();
    return Math.min(...due);
  });
  for (const delay of delays) alarm.by(start + delay);
  // The alarm alone keeps no process alive.
  const alive = setInterval(() => {}, 1_000);
  await promise;
  clearInterval(alive);
  return rung;
}

test('an alarm rings for every moment, in their order, in whatever order they are named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }),
      async (delays) => {
        expect([...(await rungFor(delays))].sort((one, other) => one - other)).toEqual(
          [...delays].sort((one, other) => one - other),
        );
      },
    ),
    { numRuns: 20 },
  );
});

test('an alarm that nobody needs any more rings once, and is quiet then', async () => {
  let rings = 0;
  const alarm = new Alarm(() => {
    rings += 1;
    return Number.POSITIVE_INFINITY;
  });
  alarm.by(Date.now() + 5);
  alarm.by(Date.now() + 10_000);

  await new Promise((resolve) => setTimeout(resolve, 60));

  expect(rings).toBe(1);
});
