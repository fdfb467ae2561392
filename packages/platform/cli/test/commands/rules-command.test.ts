import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ALL_READINESS_RULES } from '../../src/readiness/all-readiness-rules.js';
import { READINESS_URL } from '../../src/readiness/readiness-rule.js';
import { ALL_RULES } from '../../src/rules/all-rules.js';
import { REFERENCE_URL } from '../../src/rules/rule.js';
import { macro } from './macro.js';

const ROOT = path.join(import.meta.dirname, '../../../../..');

test('rules are listed in columns, and as JSON', async () => {
  const { out } = await macro(['rules']);
  expect(out.split('\n')[0]).toBe(
    'public-index-only            A package is reached through its public index, never through its files.',
  );
  expect(JSON.parse((await macro(['rules', '--json'])).out)).toHaveLength(ALL_RULES.length);
});

test('the reference page is what the rules say: macro rules --format markdown > docs/reference/boundary-rules.md', async () => {
  const page = readFileSync(path.join(ROOT, 'docs/reference/boundary-rules.md'), 'utf8');
  expect(page).toBe((await macro(['rules', '--format', 'markdown'])).out);
});

test('the link of every rule leads to a heading of the reference page', async () => {
  const { out } = await macro(['rules', '--format', 'markdown']);
  expect(REFERENCE_URL).toMatch(/\/docs\/reference\/boundary-rules\.md$/);
  for (const { id } of ALL_RULES) expect(out).toContain(`\n## ${id}\n`);
});

describe('The rules of readiness', () => {
  const asked = ['rules', '--of', 'readiness'];

  test('are listed when they are asked for', async () => {
    expect((await macro(asked)).out).toContain(
      "command-in-callers-transaction   No other module calls the module's commands in a transaction of its own.",
    );
    expect(JSON.parse((await macro([...asked, '--json'])).out)).toHaveLength(ALL_READINESS_RULES.length);
  });

  test('have a page that is what they say: macro rules --of readiness --format markdown > docs/reference/readiness-rules.md', async () => {
    const page = readFileSync(path.join(ROOT, 'docs/reference/readiness-rules.md'), 'utf8');
    expect(page).toBe((await macro([...asked, '--format', 'markdown'])).out);
  });

  test('have a heading there that their link leads to', async () => {
    const { out } = await macro([...asked, '--format', 'markdown']);
    expect(READINESS_URL).toMatch(/\/docs\/reference\/readiness-rules\.md$/);
    for (const { id } of ALL_READINESS_RULES) expect(out).toContain(`\n## ${id}\n`);
  });
});
