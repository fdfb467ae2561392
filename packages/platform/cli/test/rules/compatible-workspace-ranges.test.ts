import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('packages of the workspace ask for each other as workspace:^', async () => {
  expect(await foundBy('compatible-workspace-ranges')).toEqual([
    'catalog/package.json:20:5 @shop/contract in peerDependencies',
    'catalog/package.json:21:5 @shop/core in peerDependencies',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('compatible-workspace-ranges')).toEqual([]);
});
