import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a module may not bind another module, and its fake stays in tests', async () => {
  expect(await foundBy('only-apps-bind')).toEqual([
    'orders/src/orders.service.ts:1:1 @shop/catalog/local',
    'orders/src/orders.service.ts:2:1 @shop/catalog/testing',
    'orders/test/orders.test.ts:2:1 @shop/catalog/local',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('only-apps-bind')).toEqual([]);
});
