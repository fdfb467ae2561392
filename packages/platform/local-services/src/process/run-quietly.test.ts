import { describe, expect, test } from '@jest/globals';
import { runQuietly } from './run-quietly.ts';

const sh = (script: string): Promise<string | undefined> => runQuietly('/bin/sh', ['-c', script], process.env);

describe('A program that is run quietly', () => {
  test('has nothing to tell when it succeeds', async () => {
    expect(await sh('echo much; echo more >&2')).toBeUndefined();
  });

  test.each([
    [
      'its first error',
      'echo "Error: getaddrinfo ENOTFOUND"; echo "    at somewhere"; exit 1',
      'getaddrinfo ENOTFOUND',
    ],
    [
      "apt's error",
      'echo "Reading lists"; echo "E: Unable to locate package" >&2; exit 100',
      'Unable to locate package',
    ],
    ['its last line', 'echo "no space left"; echo; exit 1', 'no space left'],
    ['its exit code', 'exit 3', 'exit code 3'],
  ])('tells %s when it fails', async (_what, script, reason) => {
    expect(await sh(script)).toBe(reason);
  });

  test('tells that it is not there', async () => {
    expect(await runQuietly('/nowhere/program', [], process.env)).toContain('ENOENT');
  });
});
