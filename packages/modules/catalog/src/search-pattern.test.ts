import { expect, test } from '@jest/globals';
import { wordPatterns } from './search-pattern.js';

test('every word is looked for on its own', () => {
  expect(wordPatterns('  white   lantern ')).toEqual(['%white%', '%lantern%']);
});

test('blank text looks for nothing', () => {
  expect(wordPatterns(' ')).toEqual([]);
});

test('the wildcards of LIKE and its escape character stand for themselves', () => {
  expect(wordPatterns(String.raw`100% gift_0001 a\b`)).toEqual([
    String.raw`%100\%%`,
    String.raw`%gift\_0001%`,
    String.raw`%a\\b%`,
  ]);
});
