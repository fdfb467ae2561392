import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Outcome } from '../src/chaos.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

async function run(...options: readonly string[]): Promise<{ code: number; output: string; complaints: string }> {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build it with 'pnpm build' first.`);
  const child = spawn(process.execPath, [MAIN, ...options], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, complaints] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code, output, complaints };
}

test.each(['local', 'nats'])(
  'a shop whose processes are killed under load (%s) loses nothing, does nothing twice, and keeps the order of each key',
  async (transport) => {
    const { code, output, complaints } = await run('--transport', transport, '--seed', '4', '--kills', '6', '--json');
    expect(complaints).toBe('');
    const outcome = JSON.parse(output) as Outcome;
    expect(outcome.checks.filter(({ wrong }) => wrong > 0)).toEqual([]);
    expect(outcome.checks.filter(({ lookedAt }) => lookedAt === 0)).toEqual([]);
    expect(outcome.deaths).toBeGreaterThanOrEqual(6);
    expect(outcome.repetitions).toBeGreaterThan(0);
    expect(code).toBe(0);
  },
  600_000,
);

test.each([
  ['a seed that is no number', ['--seed', 'x'], /Give a whole number from 0/],
  ['no kills', ['--kills', '0'], /Give a whole number from 1/],
  ['an option that there is not', ['--murder'], /unknown option '--murder'/],
])('%s is refused with a sentence', async (_, options, sentence) => {
  const { code, complaints } = await run(...options);
  expect(code).toBe(2);
  expect(complaints).toMatch(sentence);
});
