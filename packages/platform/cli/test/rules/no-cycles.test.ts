import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a ring is told once, at its weakest link', async () => {
  expect(await foundBy('no-cycles')).toEqual(['catalog/src/manifest.ts:2:1 @shop/catalog → @shop/payments']);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('no-cycles')).toEqual([]);
});
