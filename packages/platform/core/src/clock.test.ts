import { expect, test } from '@jest/globals';
import { SystemClock } from './clock.js';

const clock = new SystemClock();

test('the clock of the system tells the time of the machine', () => {
  const before = Date.now();
  const now = clock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test('work is done after a while, unless it was called off', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const callOff = clock.after(0, () => resolve('called off'));
  callOff();
  clock.after(1, () => resolve('done'));
  // The clock's timers keep no process alive.
  const alive = setTimeout(() => {}, 10_000);
  expect(await promise).toBe('done');
  clearTimeout(alive);
});

test('work for a day that no timer reaches is not done at once', async () => {
  let done = false;
  const callOff = clock.after(60 * 24 * 3_600_000, () => {
    done = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(done).toBe(false);
  callOff();
});
