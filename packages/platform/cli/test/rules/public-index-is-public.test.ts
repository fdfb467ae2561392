import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('an index shows neither entity nor service nor TypeORM, and loads none of them', async () => {
  expect(await foundBy('public-index-is-public')).toEqual([
    'catalog/src/index.ts:4:1 loads typeorm by ./description.js',
    'catalog/src/index.ts:9:31 ProductRow',
    'catalog/src/index.ts:12:24 Repository',
    'catalog/src/index.ts:13:1 ProductRow',
    'catalog/src/index.ts:14:1 CatalogService',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('public-index-is-public')).toEqual([]);
});
