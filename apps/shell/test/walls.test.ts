import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningShell, startShell } from './running-shell.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MACRO = fileURLToPath(new URL('../node_modules/.bin/macro', import.meta.url));

let shell: RunningShell;
beforeAll(async () => {
  shell = await startShell();
});
afterAll(() => shell?.close());

test('in the database that the shell has prepared, every role reaches its own schema only', async () => {
  const run = promisify(execFile)(MACRO, [
    'verify',
    '--root',
    ROOT,
    '--rule',
    'own-schema-only-roles',
    '--database',
    shell.databaseUrl,
    '--format',
    'json',
  ]);
  const { stdout } = await run;
  expect(JSON.parse(stdout)).toMatchObject({ violations: [] });
});
