import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a module without a manifest, or with no constant owner in it, is told', async () => {
  expect(await foundBy('module-has-owner')).toEqual([
    'catalog/src/manifest.ts:4:24 @shop/catalog',
    'orders/src/manifest.ts:7:23 @shop/orders',
    'payments/package.json:1:1 @shop/payments',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('module-has-owner')).toEqual([]);
});
