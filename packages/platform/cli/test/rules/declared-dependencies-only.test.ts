import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('what is imported is declared: in package.json, and modules in `uses` too', async () => {
  expect(await foundBy('declared-dependencies-only')).toEqual([
    'orders/src/orders.service.ts:1:1 @shop/catalog in uses',
    'orders/src/orders.service.ts:2:1 @shop/payments',
    'orders/src/orders.service.ts:2:1 @shop/payments in uses',
    'orders/src/orders.service.ts:3:1 rxjs',
    'orders/src/orders.service.ts:4:1 pino',
    'orders/test/orders.test.ts:2:1 vitest',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('declared-dependencies-only')).toEqual([]);
});
