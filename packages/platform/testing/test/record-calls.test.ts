import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type CallHook, callHook, runInContext } from '@macrolith/core';
import { bootModule, type RunningModules, recordCalls } from '../src/index.js';
import { Bakery, BakeryModule } from './village/bakery.js';
import { Mill, MillModule } from './village/mill.js';

let folder: string;
let village: RunningModules;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'macrolith-calls-'));
  village = await bootModule([BakeryModule, MillModule]);
});
afterAll(async () => {
  await village?.close();
  rmSync(folder, { recursive: true });
});

/** The lines that are written while `work` runs. */
async function recorded(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const file = join(folder, 'calls.jsonl');
  {
    using _ = recordCalls(file);
    await work();
  }
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

test('A call is written with what follows from it, in the order of their beginnings, and which of them are in a transaction', async () => {
  await village.port(Mill).grind({ batch: 'rye', grams: 500 });

  const calls = await recorded(() => village.port(Bakery).bake({ loaf: 'first', batch: 'rye' }));

  const trace = calls[0]!.trace;
  expect(trace).toMatch(/^[0-9a-f]{32}$/);
  // The relay may be quick: what it does is a message's.
  expect(calls.filter(({ message }) => message === undefined)).toEqual([
    { trace, from: 'test-caller', to: 'bakery', operation: 'bake', kind: 'command', inTransaction: false },
    { trace, from: 'bakery', to: 'mill', operation: 'sharpen', kind: 'task', inTransaction: true },
    { trace, from: 'bakery', to: 'mill', operation: 'take', kind: 'command', inTransaction: true },
  ]);
});

test('Calls of one trace keep it, and calls without one are wishes of their own', async () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const left = () => village.port(Mill).left({ batch: 'rye' });

  const calls = await recorded(async () => {
    await runInContext({ traceparent }, async () => [await left(), await left()]);
    await left();
    await left();
  });

  const [first, second, third, fourth] = calls.map(({ trace }) => trace);
  expect([first, second]).toEqual(['a'.repeat(32), 'a'.repeat(32)]);
  expect(new Set([first, third, fourth]).size).toBe(3);
});

test('What is called for a message says for which', async () => {
  const calls = await recorded(async () => {
    await runInContext({ messageId: 'one' }, () => village.port(Mill).left({ batch: 'rye' }));
    await village.port(Bakery).loaves();
  });

  expect(calls.map(({ message }) => message)).toEqual(['one', undefined]);
});

test('Who listened before hears every call, and is alone again afterwards', async () => {
  const heard = jest.fn();
  const earlier: CallHook = (edge, next) => {
    heard(edge.operation);
    return next();
  };
  callHook.current = earlier;
  try {
    await recorded(() => village.port(Mill).left({ batch: 'rye' }));

    expect(heard.mock.calls).toEqual([['left']]);
    expect(callHook.current).toBe(earlier);
  } finally {
    callHook.current = undefined;
  }
});
