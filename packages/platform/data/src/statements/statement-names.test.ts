import { describe, expect, test } from '@jest/globals';
import {
  LONGEST_PREPARED_TEXT,
  PREPARED_STATEMENTS_PER_ROLE,
  REMEMBERED_TEXTS_PER_ROLE,
  StatementNames,
  USES_BEFORE_PREPARING,
} from './statement-names.js';

describe('Statement names', () => {
  const use = (names: StatementNames, text: string, role = 'orders', times = USES_BEFORE_PREPARING) => {
    let name: string | undefined;
    for (let time = 0; time < times; time += 1) name = names.of(role, text).name;
    return name;
  };

  test('are given at the third use', () => {
    const names = new StatementNames();
    expect(use(names, 'SELECT 1', 'orders', USES_BEFORE_PREPARING - 1)).toBeUndefined();
    expect(names.of('orders', 'SELECT 1').name).toBeDefined();
  });

  test('stand for one text under one role', () => {
    const names = new StatementNames();
    const all = [use(names, 'SELECT 1'), use(names, 'SELECT 2'), use(names, 'SELECT 1', 'stock')];
    expect(new Set(all).size).toBe(3);
    expect(use(names, 'SELECT 1')).toBe(all[0]);
  });

  test('are limited per role', () => {
    const names = new StatementNames();
    for (let text = 0; text < PREPARED_STATEMENTS_PER_ROLE; text += 1)
      expect(use(names, `SELECT ${text}`)).toBeDefined();
    expect(use(names, 'SELECT one too many')).toBeUndefined();
    expect(use(names, 'SELECT one too many', 'stock')).toBeDefined();
  });

  test('are not given to texts that are too long', () => {
    expect(use(new StatementNames(), 'x'.repeat(LONGEST_PREPARED_TEXT + 1))).toBeUndefined();
  });

  test('keep no more texts than the limit, and never forget one that has a name', () => {
    const names = new StatementNames();
    const kept = use(names, 'SELECT kept');
    for (let text = 0; text < REMEMBERED_TEXTS_PER_ROLE * 2; text += 1) names.of('orders', `SELECT ${text}`);
    expect(names.of('orders', 'SELECT kept').name).toBe(kept);
    expect(names.of('orders', 'SELECT 0').uses).toBe(1);
  });

  test('change once when a plan under them is outdated', () => {
    const names = new StatementNames();
    const outdated = use(names, 'SELECT 1')!;
    const statement = names.of('orders', 'SELECT 1');
    names.renew(statement, outdated);
    const renewed = statement.name;
    names.renew(statement, outdated);
    expect(renewed).not.toBe(outdated);
    expect(statement.name).toBe(renewed);
  });
});
