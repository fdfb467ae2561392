import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { madeUpFile } from '@macrolith/retail-import';
import { EXTRACTED } from '../src/bindings/combinations.js';
import type { CombinationOutcome } from '../src/bindings/run-combination.js';
import { runShopTests } from '../src/bindings/shop-tests.js';
import { movingDiff, NotInTheShell } from '../src/stage/moving-diff.js';
import type { TrialsOutcome } from '../src/trials/trials.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'extraction-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...options: readonly string[]): Promise<{ code: number; output: string; complaints: string }> {
  const child = spawn(process.execPath, [MAIN, ...options], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, complaints] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code, output, complaints };
}

/** What a diff adds to which file of the workspace and removes from it, where it can be applied to it. */
function applied(diff: string): string[] {
  const git = (...options: string[]) =>
    execFileSync('git', ['apply', '--unidiff-zero', ...options], { cwd: ROOT, input: diff, encoding: 'utf8' });
  git('--check');
  return git('--numstat').trim().split('\n');
}

test.each(EXTRACTED)('to move %s out, one line of the shell is changed', (module) => {
  expect(applied(movingDiff([module]))).toEqual(['1\t1\tapps/shell/src/modules.ts']);
});

test('a module that the shell does not have cannot be moved out of it', () => {
  expect(() => movingDiff(['warehouse'])).toThrow(NotInTheShell);
});

test('the same file of orders comes to the same shop, to the penny, with one line changed for each module that is elsewhere', async () => {
  const file = join(folder, 'made-up.csv');
  writeFileSync(file, madeUpFile(1));

  const { code, output, complaints } = await run(
    ...['bindings', '--file', file, '--json', '--no-tests'],
    ...['--remote', EXTRACTED.join(',')],
  );

  expect({ code, complaints }).toEqual({ code: 0, complaints: expect.stringContaining('elsewhere: none') });
  const outcomes = JSON.parse(output) as CombinationOutcome[];
  expect(outcomes.map(({ remote }) => remote)).toEqual([[], [...EXTRACTED]]);
  expect(outcomes.map(({ change }) => (change === '' ? [] : applied(change)))).toEqual([
    [],
    ['3\t3\tapps/shell/src/modules.ts'],
  ]);
  const [together, ...apart] = outcomes;
  for (const { sums, imported } of apart)
    expect({ sums, imported }).toEqual({ sums: together!.sums, imported: together!.imported });
  for (const { checks } of outcomes) {
    expect(checks).toHaveLength(16);
    expect(checks.filter(({ wrong, lookedAt }) => wrong > 0 || lookedAt === 0)).toEqual([]);
  }
  expect(Number(together!.sums['pence ordered'])).toBeGreaterThan(0);
  expect(Number(together!.sums['messages sent'])).toBeGreaterThan(0);
});

test('the tests of the shop run over modules that are elsewhere', async () => {
  expect(await runShopTests(['inventory'], ['walls'])).toEqual({ passed: 1, failed: 0, leftOut: 0, failures: [] });
});

describe('While callers query, command and order without a pause', () => {
  let outcome: TrialsOutcome;
  beforeAll(async () => {
    const { output, complaints } = await run(
      ...['processes', '--restarts', '2', '--kills', '1', '--calls', '300', '--answers', '40', '--json'],
    );
    if (output === '') throw new Error(complaints);
    outcome = JSON.parse(output) as TrialsOutcome;
  });

  test('two macroservices that are restarted in turn fail no call, and each ends in good order', () => {
    const { failures, otherThanOnce, untidy, checks, queries, commands, orders } = outcome.restarts!;

    expect({ failures, otherThanOnce, untidy }).toEqual({ failures: [], otherThanOnce: [], untidy: 0 });
    expect(checks.filter(({ wrong }) => wrong > 0)).toEqual([]);
    expect(Math.min(queries, commands, orders)).toBeGreaterThan(0);
  });

  test('of one that is killed, only what was in its hands is asked again, and every command acts once', () => {
    const { failures, otherThanOnce, checks, lost, sentAgain, answeredAndSentAgain, lostAndNotSentAgain } =
      outcome.kills!;

    expect({ failures, otherThanOnce }).toEqual({ failures: [], otherThanOnce: [] });
    expect({ answeredAndSentAgain, lostAndNotSentAgain }).toEqual({
      answeredAndSentAgain: [],
      lostAndNotSentAgain: [],
    });
    expect(sentAgain).toBe(lost);
    expect(lost).toBeGreaterThan(0);
    expect(checks.filter(({ wrong }) => wrong > 0)).toEqual([]);
  });

  test.each(['provider', 'nats'])(
    'without its %s a module is left alone, the shell stays ready, and all goes on by itself',
    (away) => {
      const { circuit, failures, sentThoughOpen, answer, readiness, recoveredAfterMs } = outcome.outages.find(
        (each) => each.away === away,
      )!;

      expect(circuit).not.toBe('closed');
      expect(failures).toMatchObject({ 'macrolith.remote-unavailable, circuit-open': expect.any(Number) });
      expect(failures).not.toHaveProperty('none');
      expect(sentThoughOpen).toEqual([]);
      expect(answer).toMatchObject({
        status: 503,
        type: expect.stringContaining('application/problem+json'),
        problem: {
          status: 503,
          code: 'macrolith.remote-unavailable',
          title: 'Not available at the moment',
          detail: 'A part of what this needs cannot be reached. Try again shortly.',
          instance: '/api/tally/look',
        },
      });
      expect(Object.keys(readiness)).toEqual(['200']);
      expect(recoveredAfterMs).toBeGreaterThan(0);
    },
  );
});

test.each([
  ['a combination that names no module', ['bindings', '--remote', 'Inventory'], /'Inventory' is the name of no module/],
  ['a file that is not there', ['bindings', '--file', 'nowhere.csv'], /There is no file .*nowhere\.csv/],
  ['a number that is none', ['processes', '--restarts', 'x'], /Give a whole number from 0/],
])('%s is refused with a sentence', async (_, options, sentence) => {
  const { code, complaints } = await run(...options);
  expect(code).toBe(2);
  expect(complaints).toMatch(sentence);
});
