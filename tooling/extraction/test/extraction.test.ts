import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { madeUpFile } from '@macrolith/retail-import';
import { EXTRACTED } from '../src/bindings/combinations.js';
import type { CombinationOutcome } from '../src/bindings/run-combination.js';
import { runShopTests } from '../src/bindings/shop-tests.js';
import type { TrialsOutcome } from '../src/trials/trials.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SHELL = fileURLToPath(new URL('../../../apps/shell/src/', import.meta.url));

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

describe.each(EXTRACTED)('To move %s out', (module) => {
  const local = `@macrolith/${module}/local`;

  test('one line of the shell is changed', () => {
    const before = join(SHELL, 'modules.ts');
    const after = join(folder, `${module}.ts`);
    writeFileSync(after, readFileSync(before, 'utf8').replace(local, `@macrolith/${module}/remote`));

    expect(changedLines(before, after)).toEqual({ added: 1, removed: 1 });
  });

  test('no other file of the shell has to know of it', () => {
    const files = readdirSync(SHELL, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

    expect(files.filter((name) => readFileSync(join(SHELL, name), 'utf8').includes(local))).toEqual(['modules.ts']);
  });
});

function changedLines(before: string, after: string): { readonly added: number; readonly removed: number } {
  try {
    execFileSync('git', ['diff', '--no-index', '--numstat', before, after], { encoding: 'utf8' });
    return { added: 0, removed: 0 };
  } catch (error) {
    // git ends with 1 when there is a difference.
    const [added, removed] = (error as { stdout: string }).stdout.split('\t').map(Number);
    return { added: added!, removed: removed! };
  }
}

test('the same file of orders comes to the same shop, to the penny, wherever the modules run', async () => {
  const file = join(folder, 'made-up.csv');
  writeFileSync(file, madeUpFile(1));

  const { code, output, complaints } = await run(
    ...['bindings', '--file', file, '--json', '--no-tests'],
    ...['--remote', 'inventory', '--remote', 'notifications,inventory,payments'],
  );

  expect({ code, complaints }).toEqual({ code: 0, complaints: expect.stringContaining('elsewhere: none') });
  const outcomes = JSON.parse(output) as CombinationOutcome[];
  expect(outcomes.map(({ remote }) => remote)).toEqual([[], ['inventory'], [...EXTRACTED]]);
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
      ...['processes', '--restarts', '4', '--kills', '1', '--calls', '300', '--answers', '40', '--json'],
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
