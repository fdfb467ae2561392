import { describe, expect, test } from '@jest/globals';
import { planOf } from './plan.js';

describe('a plan', () => {
  test('is the same for the same seed, and another for another', () => {
    const plan = (seed: number) => planOf({ seed, kills: 50, broker: true });
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  test('of two hundred kills kills everybody, by chance and at named points', () => {
    const kills = planOf({ seed: 1, kills: 200, broker: true });
    expect(new Set(kills.map(({ victim }) => victim))).toEqual(new Set(['shell', 'worker', 'database', 'broker']));
    expect(new Set(kills.map(({ point }) => point)).size).toBeGreaterThan(10);
  });

  test('leaves the broker alone where there is none', () => {
    const kills = planOf({ seed: 1, kills: 200, broker: false });
    expect(kills.filter(({ victim }) => victim === 'broker')).toEqual([]);
  });
});
