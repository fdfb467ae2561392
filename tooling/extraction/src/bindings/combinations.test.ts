import { expect, test } from '@jest/globals';
import { EXTRACTED, everyCombination } from './combinations.js';

test('three modules can be bound in eight ways', () => {
  const combinations = everyCombination(EXTRACTED).map((combination) => combination.join());

  expect(combinations).toEqual([
    '',
    'notifications',
    'inventory',
    'notifications,inventory',
    'payments',
    'notifications,payments',
    'inventory,payments',
    'notifications,inventory,payments',
  ]);
});
