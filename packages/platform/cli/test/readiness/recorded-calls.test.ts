import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readiness } from '../../src/readiness/readiness.js';
import type { RecordedCall } from '../../src/readiness/recorded/recorded-calls.js';
import { readWorkspace } from '../../src/workspace/workspace.js';
import { miniature } from '../rules/miniature.js';
import { standsInTheWay } from './miniature-readiness.js';

let folder: string;
let recordings = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'macro-calls-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a recording with one line per call, and answers its path. */
function recording(...calls: readonly string[]): string {
  recordings += 1;
  const file = path.join(folder, `calls-${recordings}.jsonl`);
  writeFileSync(file, calls.map((call) => `${call}\n`).join(''));
  return file;
}

function line(trace: string, from: string, called: string, more: Partial<RecordedCall> = {}): string {
  const [to, operation] = called.split('.');
  return JSON.stringify({ trace, from, to, operation, kind: 'query', inTransaction: false, ...more });
}

const inTransaction = { kind: 'command', inTransaction: true } as const;

describe('A recorded command in a transaction', () => {
  test('is told where no source shows it', async () => {
    const calls = recording(
      line('a', 'orders', 'orders.place', { kind: 'command' }),
      line('a', 'orders', 'payments.refund', inTransaction),
      line('b', 'orders', 'payments.refund', inTransaction),
    );

    expect(await standsInTheWay('recorded-command-in-transaction', 'clean', calls)).toEqual([
      `${calls}:2:1 orders → payments.refund`,
    ]);
  });

  test('is left out where it is a step of a workflow, or stays at home, or is told by its line in the source', async () => {
    const step = recording(
      line('a', 'orders', 'payments.charge', inTransaction),
      line('a', 'payments', 'payments.refund', inTransaction),
      line('a', 'orders', 'payments.remind', { ...inTransaction, kind: 'task' }),
    );
    expect(await standsInTheWay('recorded-command-in-transaction', 'clean', step)).toEqual([]);

    const read = recording(line('a', 'orders', 'payments.refund', inTransaction));
    expect(await standsInTheWay('recorded-command-in-transaction', 'broken', read)).toEqual([]);
  });
});

describe('A recorded action', () => {
  test('that makes one call across the cut more than five times is told, whatever places it comes from', async () => {
    const often = (trace: string, times: number) => [
      line(trace, 'orders', 'orders.compare'),
      ...Array.from({ length: times }, () => line(trace, 'orders', 'payments.listPayments')),
    ];
    const calls = recording(...often('a', 5), ...often('b', 6), ...often('c', 8));

    expect(await standsInTheWay('recorded-chatty-action', 'clean', calls)).toEqual([
      `${calls}:15:1 orders.compare: orders → payments.listPayments`,
    ]);
    expect(await standsInTheWay('recorded-chatty-action', 'clean', recording(...often('a', 5)))).toEqual([]);
  });

  test('that waits for five modules is told; what a task or a message does is another action', async () => {
    const four = ['catalog', 'payments', 'stock'].map((to) => line('a', 'orders', `${to}.ask`));
    const wide = recording(line('a', 'orders', 'orders.place'), ...four, line('a', 'stock', 'house.ask'));
    const narrow = recording(
      line('a', 'orders', 'orders.place'),
      ...four,
      line('a', 'orders', 'news.send', { kind: 'task' }),
      line('a', 'news', 'post.ask', { message: '7' }),
    );

    expect(await standsInTheWay('recorded-wide-action', 'clean', wide)).toEqual([`${wide}:1:1 orders.place`]);
    expect(await standsInTheWay('recorded-wide-action', 'clean', narrow)).toEqual([]);
  });

  test('is summed up: how often it will go over the network', async () => {
    const calls = recording(
      line('a', 'orders', 'orders.place'),
      line('a', 'orders', 'payments.charge', { kind: 'command' }),
      line('a', 'payments', 'catalog.getProduct'),
      line('a', 'payments', 'payments.refund'),
      line('b', 'orders', 'orders.place'),
      line('b', 'orders', 'payments.charge', { kind: 'command' }),
      line('c', 'orders', 'orders.list'),
    );

    const { traffic } = await readiness(readWorkspace(miniature('readiness/clean')), { module: 'payments', calls });

    expect(traffic).toEqual([{ action: 'orders.place', times: 2, median: 1, most: 2 }]);
  });
});
