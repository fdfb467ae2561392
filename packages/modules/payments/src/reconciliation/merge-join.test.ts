import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeJoin, pages } from './merge-join.js';

const paged = (items: readonly string[], size: number) =>
  pages<string>(async (last) => items.filter((item) => last === undefined || item > last).slice(0, size));

test('two sorted sequences are gone through side by side, whatever the size of their pages', async () => {
  const sorted = fc.uniqueArray(fc.constantFrom(...'abcdefghij')).map((items) => items.sort());
  await fc.assert(
    fc.asyncProperty(sorted, sorted, fc.integer({ min: 1, max: 4 }), async (lefts, rights, size) => {
      const pairs: unknown[] = [];
      for await (const pair of mergeJoin(paged(lefts, size), paged(rights, size), String, String)) pairs.push(pair);

      const all = [...new Set([...lefts, ...rights])].sort();
      const found = (items: readonly string[], item: string) => (items.includes(item) ? item : undefined);
      expect(pairs).toEqual(all.map((item) => [found(lefts, item), found(rights, item)]));
    }),
  );
});
