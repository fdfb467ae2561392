import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('what a process may hold once is no ordinary dependency of a published package', async () => {
  expect(await foundBy('single-copy-peers')).toEqual([
    'catalog/package.json:20:5 @nestjs/core',
    'catalog/package.json:21:5 @shop/core',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('single-copy-peers')).toEqual([]);
});
