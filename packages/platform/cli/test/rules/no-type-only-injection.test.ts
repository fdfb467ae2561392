import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('an injected class that is imported as a type only is told, at the parameter', async () => {
  expect(await foundBy('no-type-only-injection')).toEqual([
    'orders/src/orders.service.ts:8:19 OrdersService ← Catalog',
    'orders/src/orders.service.ts:11:31 OrdersService ← Catalog',
    'orders/src/orders.service.ts:12:33 OrdersService ← Clock',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('no-type-only-injection')).toEqual([]);
});
