import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isPortFree } from '@macrolith/local-services';
import { Command, eventually } from './command.ts';

const RUN_TEST = fileURLToPath(new URL('./programs/run-test.ts', import.meta.url));

/** Turbo, as far as the command depends on it: what it says of two packages, and the reports that their tests leave. */
const TURBO = `
echo "   • Running $2 in 2 packages"
echo "@macrolith/catalog:$2: cache miss, executing 0123456789abcdef"
echo "$MACROLITH_CHROMIUM $MACROLITH_NATS_SERVER $MACROLITH_TEST_POSTGRES" > given
[ "$2" = test ] || exit 0
echo '{"passed":12,"failed":0,"skipped":0}' > packages/modules/catalog/reports/tests.json
echo "@macrolith/shell:test: cache hit, replaying logs 0123456789abcdef"
echo '{"passed":30,"failed":0,"skipped":0}' > apps/shell/reports/tests.json
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'test-command-test-'));
  for (const folder of ['apps/shell', 'packages/modules/catalog']) {
    mkdirSync(join(root, folder, 'reports'), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), '{ "scripts": { "test": "jest" } }');
  }
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  program('turbo', TURBO);
  for (const name of ['biome', 'tsc', 'depcruise', 'macro']) program(name, 'exit 0');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(join(root, 'node_modules/.bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function runTests(environment: Record<string, string> = {}): Command {
  const programs = { MACROLITH_CHROMIUM: '/bin/true', MACROLITH_NATS_SERVER: '/bin/false' };
  return new Command(RUN_TEST, [root], { ...programs, ...environment });
}

describe('The test command', () => {
  test('ends with the sum of all packages, and success', async () => {
    const command = runTests();

    expect(await command.ended()).toBe(0);
    expect(command.lines.at(-1)).toBe('42 passed, 0 failed');
    expect(command.output).toMatch(/catalog +12 passed\n/);
  });

  test('gives the tests Chromium, nats-server and one PostgreSQL, which is gone afterwards', async () => {
    await runTests().ended();

    const [chromium, nats, url] = readFileSync(join(root, 'given'), 'utf8').trim().split(' ') as [
      string,
      string,
      string,
    ];
    expect([chromium, nats]).toEqual(['/bin/true', '/bin/false']);
    expect(url).toMatch(/^postgres:/);
    expect(await isPortFree(Number(new URL(url).port))).toBe(true);
  });

  test.each(['biome', 'tsc', 'depcruise', 'macro'])(
    'counts a complaint of %s as a failure, shows it, and tests all the same',
    async (name) => {
      program(name, 'echo "a complaint with file:line"; exit 1');
      const command = runTests();

      expect(await command.ended()).toBe(1);
      expect(command.output).toContain('a complaint with file:line');
      expect(command.lines.at(-1)).toBe('42 passed, 1 failed');
    },
  );

  test('shows what a failed package said, and counts its run as failed when it left no report', async () => {
    program(
      'turbo',
      `${TURBO}
rm -f packages/modules/catalog/reports/tests.json
echo "@macrolith/catalog:test: SyntaxError: half a thought"
echo "@macrolith/catalog#test:  ERROR  command exited (1)"
exit 1`,
    );
    const command = runTests();

    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('SyntaxError: half a thought');
    expect(command.lines.at(-1)).toBe('30 passed, 1 failed');
  });

  test('stops at a build that breaks, which is one failure', async () => {
    program('turbo', 'echo "@macrolith/catalog#build:  ERROR  command exited (2)"; exit 1');
    const command = runTests();

    expect(await command.ended()).toBe(1);
    expect(command.lines.at(-1)).toBe('0 passed, 1 failed');
  });

  test.each(['MACROLITH_CHROMIUM', 'MACROLITH_NATS_SERVER'])(
    'says in one sentence what is wrong with the program that %s names',
    async (variable) => {
      const command = runTests({ [variable]: '/nowhere/program' });

      expect(await command.ended()).toBe(1);
      expect(command.lines.at(-1)).toContain(`${variable} is /nowhere/program`);
    },
  );

  test('stops what it started at Ctrl-C', async () => {
    program('turbo', `${TURBO.replace('exit 0', 'sleep 60')}`);
    const command = runTests();
    await eventually(() => command.output.includes('Building the packages'));

    command.process.kill('SIGINT');

    expect(await command.ended()).toBe(130);
  });
});
