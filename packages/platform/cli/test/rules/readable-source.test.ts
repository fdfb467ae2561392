import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test('a file that cannot be parsed is told', async () => {
  expect(await foundBy('readable-source')).toEqual(['catalog/src/half.ts:4:1 syntax']);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('readable-source')).toEqual([]);
});
