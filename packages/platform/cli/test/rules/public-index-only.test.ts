import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a file inside another package is out of reach: by path, by name, as a type, late, or passed on', async () => {
  expect(await foundBy('public-index-only')).toEqual([
    'orders/src/orders.service.ts:2:1 @shop/catalog/src/product.js',
    'orders/src/orders.service.ts:3:1 ../../catalog/src/product.js',
    'orders/src/orders.service.ts:5:1 @shop/catalog/dist/product.js',
    'orders/src/orders.service.ts:7:46 ../../catalog/src/local.js',
    'orders/src/orders.service.ts:8:10 ../../catalog/src/local.js',
    'orders/src/orders.service.ts:11:21 @shop/catalog/ui/index.js',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('public-index-only')).toEqual([]);
});
