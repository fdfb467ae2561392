import { expect, test } from '@jest/globals';
import { cyclesOf } from './cycles.js';

const links = (...entries: [string, number][]) => new Map(entries);

test('a graph without a ring has none', () => {
  expect(cyclesOf(links(['a → b', 1], ['a → c', 1], ['b → c', 1]))).toEqual([]);
});

test('a ring is cut at its lightest link', () => {
  expect(cyclesOf(links(['a → b', 3], ['b → c', 1], ['c → a', 2]))).toEqual([
    { weakest: 'b → c', path: ['b', 'c', 'a', 'b'] },
  ]);
});

test('of links of one weight the first by name is cut', () => {
  expect(cyclesOf(links(['b → a', 1], ['a → b', 1])).map(({ weakest }) => weakest)).toEqual(['a → b']);
});

test('the shortest ring through the link is told, and links outside of rings are left alone', () => {
  const found = cyclesOf(links(['x → a', 1], ['a → b', 2], ['b → a', 9], ['b → c', 9], ['c → a', 9]));
  expect(found).toEqual([{ weakest: 'a → b', path: ['a', 'b', 'a'] }]);
});

test('several rings are all told', () => {
  const found = cyclesOf(links(['a → b', 1], ['b → a', 2], ['c → d', 1], ['d → c', 2]));
  expect(found.map(({ weakest }) => weakest)).toEqual(['a → b', 'c → d']);
});
