import { expect, test } from '@jest/globals';
import { taskRetry } from './task-retry.js';

test.each<[string, object]>([
  [
    '{"maxAttempts":5,"backoff":{"firstMs":500,"maxMs":60000}}',
    { maxAttempts: 5, backoff: { firstMs: 500, maxMs: 60_000 } },
  ],
  ['{"backoff":{"firstMs":500}}', { backoff: { firstMs: 500 } }],
  ['{"maxAttempts":null,"backoff":{"firstMs":"soon","maxMs":-1}}', {}],
  ['{"maxAttempts":0,"backoff":{"firstMs":1.5,"maxMs":1e300}}', {}],
  ['{"maxAttempts":3,"backoff":null,"patience":"much"}', { maxAttempts: 3 }],
  ['[]', {}],
  ['null', {}],
  ['soon', {}],
])('of %s a caller follows what can be followed', (text, expected) => {
  expect(taskRetry(text)).toEqual(expected);
});
