import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test("entities lie in the module's schema and relate to its own only", async () => {
  expect(await foundBy('own-schema-only-entities')).toEqual([
    'orders/src/line.entity.ts:4:19 @Entity catalog',
    'orders/src/line.entity.ts:9:20 @ManyToOne Product',
    'orders/src/line.entity.ts:12:13 @OneToOne ProductRow',
    'orders/src/line.entity.ts:16:24 @JoinTable catalog',
    'orders/src/line.entity.ts:21:32 extends Product',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('own-schema-only-entities')).toEqual([]);
});
