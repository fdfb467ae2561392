import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInThisContext } from 'node:vm';
import { expect, jest, test } from '@jest/globals';
import * as nest from '@nestjs/common';

const require = createRequire(import.meta.url);

test('tests run in Node’s own realm', () => {
  expect(runInThisContext('Date')).toBe(Date);
  expect(globalThis.process).toBe(require('node:process'));
});

test('a third-party package is the one that Node has loaded', () => {
  const { Injectable, Logger } = require('@nestjs/common') as typeof nest;

  expect([nest.Injectable, nest.Logger]).toEqual([Injectable, Logger]);
  expect(nest.Logger).toBe(Logger);
});

test('modules of the workspace are evaluated anew after a reset, third-party packages are not', async () => {
  const before = await import('./two-files/visits.js');
  jest.resetModules();
  const after = await import('./two-files/visits.js');

  expect(after.visits).not.toBe(before.visits);
  expect((await import('@nestjs/common')).Logger).toBe(nest.Logger);
});

test('a module can be replaced, a third-party one too', async () => {
  jest.unstable_mockModule('@nestjs/common', () => ({ Logger: 'replaced' }));
  jest.unstable_mockModule('./two-files/visits.js', () => ({ visits: 'replaced' }));

  expect((await import('@nestjs/common')).Logger).toBe('replaced');
  expect((await import('./two-files/visits.js')).visits).toBe('replaced');
});

test('a test file leaves nothing behind for the next of its process', async () => {
  const package_ = fileURLToPath(new URL('..', import.meta.url));
  const config = fileURLToPath(new URL('./two-files/jest.config.js', import.meta.url));
  const jestArguments = ['--config', config, '--json', '--runInBand'];
  const run = promisify(execFile)(
    process.execPath,
    ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...jestArguments],
    { cwd: package_ },
  );

  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  );

  const { testResults } = JSON.parse(stdout) as {
    testResults: { message: string; assertionResults: { status: string }[] }[];
  };
  expect(testResults.map(({ message }) => message)).toEqual(['', '']);
  expect(testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))).toEqual(
    Array.from({ length: 8 }, () => 'passed'),
  );
  expect(code).toBe(0);
});
