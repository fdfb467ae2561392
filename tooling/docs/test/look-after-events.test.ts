import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { placeSampleOrders } from '../src/picture/sample-orders.ts';
import { BuiltShell } from '../src/shell/built-shell.ts';
import { workspaceRoot } from '../src/workspace.ts';
import { walkThrough } from './walkthrough/walkthrough.ts';
import { WorkspaceCopy } from './walkthrough/workspace-copy.ts';

let database: TestDatabase;
let shell: BuiltShell;
let copy: WorkspaceCopy;

beforeAll(async () => {
  copy = new WorkspaceCopy();
  database = await createTestDatabase();
  shell = await BuiltShell.start(workspaceRoot, database.url);
  process.env.DATABASE_URL = database.url;
}, 300_000);
afterAll(async () => {
  delete process.env.DATABASE_URL;
  await shell?.stop();
  await database?.drop();
  copy?.[Symbol.dispose]();
});

async function query<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function untilDone(tasks: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const done = await query(`SELECT FROM orders.delivery WHERE consumer = 'notifications.send' AND state = 'done'`);
    if (done.length === tasks) return;
    if (Date.now() > deadline) throw new Error(`${done.length} of ${tasks} tasks were done within a minute.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('the page leads from a dead letter to its reason, and through retry and replay', async () => {
  await placeSampleOrders(shell.url);
  await placeSampleOrders(shell.url);
  await untilDone(4);
  await query(`UPDATE orders.delivery SET state = 'dead', attempts = 20, failed_at = now(), closed_at = now(),
      failure = E'Error: connect ECONNREFUSED 127.0.0.1:25\n    at TCPConnectWrap.afterConnect'
    WHERE (position, consumer) IN (SELECT position, consumer FROM orders.delivery
      WHERE consumer = 'notifications.send' ORDER BY position LIMIT 2)`);

  walkThrough(join(workspaceRoot, 'docs/how-to/look-after-events.md'), copy);

  await untilDone(4);
  const kept = await query<{ action: string; why: string }>('SELECT action, why FROM orders.intervention');
  expect(kept).toEqual(Array.from({ length: 2 }, () => ({ action: 'retry', why: 'The mail server is back.' })));
}, 300_000);
