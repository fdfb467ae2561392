import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a table without its schema is told', async () => {
  expect(await foundBy('schema-qualified-sql')).toEqual([
    'orders/src/orders.service.ts:5:12 line',
    'orders/src/orders.service.ts:7:31 part',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('schema-qualified-sql')).toEqual([]);
});
