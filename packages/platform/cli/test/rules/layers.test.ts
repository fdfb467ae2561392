import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('nothing stands on a higher layer or floor, by import or by declaration', async () => {
  expect(await foundBy('layers')).toEqual([
    'libs/stray/package.json:1:1 libs/stray',
    'catalog/src/catalog.service.ts:1:1 @shop/shell',
    'catalog/src/catalog.service.ts:2:1 @shop/bench',
    'packages/platform/core/package.json:12:5 @shop/data',
    'packages/platform/core/src/index.ts:1:1 @shop/catalog',
    'packages/platform/core/src/index.ts:2:1 typeorm',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('layers')).toEqual([]);
});
