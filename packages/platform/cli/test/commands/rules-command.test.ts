import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
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
