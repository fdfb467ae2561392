import { expect, test } from '@jest/globals';
import { ArticleTurns } from '../src/replay/article-turns.js';

async function isOpen(turn: Promise<void>): Promise<boolean> {
  return Promise.race([turn.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);
}

test('whoever takes a turn with an article waits for all who took one before', async () => {
  const turns = new ArticleTurns();
  const first = turns.take(['mug', 'pan']);
  const second = turns.take(['mug']);
  const third = turns.take(['mug', 'pan', 'cup']);

  expect(await isOpen(first.of('mug'))).toBe(true);
  expect(await isOpen(second.of('mug'))).toBe(false);
  expect(await isOpen(third.of('cup'))).toBe(true);

  first.done();
  expect(await isOpen(second.of('mug'))).toBe(true);
  expect(await isOpen(third.of('mug'))).toBe(false);
  expect(await isOpen(third.of('pan'))).toBe(true);

  second.done();
  expect(await isOpen(third.of('mug'))).toBe(true);
});

test('an article that is named twice in one turn does not wait for itself', async () => {
  expect(await isOpen(new ArticleTurns().take(['mug', 'mug']).of('mug'))).toBe(true);
});
