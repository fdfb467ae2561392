import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readReports, removeReports, sum, table } from './reports.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reports-test-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function addPackage(path: string, scripts: Record<string, string>, report?: object): void {
  mkdirSync(join(root, path, 'reports'), { recursive: true });
  writeFileSync(join(root, path, 'package.json'), JSON.stringify({ scripts }));
  if (report !== undefined) writeFileSync(join(root, path, 'reports/tests.json'), JSON.stringify(report));
}

describe('The reports of a test run', () => {
  beforeEach(() => {
    addPackage('packages/modules/catalog', { test: 'jest' }, { passed: 12, failed: 0, skipped: 0 });
    addPackage('apps/shell', { test: 'jest' }, { passed: 3, failed: 2, skipped: 1 });
    addPackage('tooling/tsconfig', {});
  });

  test('are those of all packages that have tests, wherever they are', () => {
    expect(readReports(root).map(({ name }) => name)).toEqual(['shell', 'catalog']);
    expect(sum(readReports(root))).toEqual({ passed: 15, failed: 2, skipped: 1 });
  });

  test('count a package without a report as one failure: its run broke before it could write one', () => {
    addPackage('packages/modules/orders', { test: 'jest' });

    expect(sum(readReports(root))).toEqual({ passed: 15, failed: 3, skipped: 1 });
  });

  test('of an earlier run do not count', () => {
    removeReports(root);

    expect(sum(readReports(root))).toEqual({ passed: 0, failed: 2, skipped: 0 });
  });

  test('are shown one package a line, failures only where there are any', () => {
    expect(table(readReports(root))).toEqual(['  shell      3 passed, 2 failed, 1 skipped', '  catalog   12 passed']);
  });
});
