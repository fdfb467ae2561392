import { expect, test } from '@jest/globals';
import { backoffMs } from './backoff.js';

const options = { firstMs: 100, maxMs: 1_000 };

test('the bound of the wait doubles with each failure, up to the maximum', () => {
  const bounds = [1, 2, 3, 4, 5, 60].map((failures) => backoffMs(failures, options, 1));
  expect(bounds).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});

test('the wait is spread over everything below the bound', () => {
  expect(backoffMs(3, options, 0)).toBe(0);
  expect(backoffMs(3, options, 0.5)).toBe(200);
});
