import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type ShellProcess, startShellProcess } from './shell-process.js';

const RECONCILIATION = new URL('../../../tooling/retail-import/sql/reconcile.sql', import.meta.url);
const PATIENCE = { withinMs: 60_000 };

let database: TestDatabase;
let administrator: pg.Client;
let nats: NatsServer;
const shells: ShellProcess[] = [];

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.kill();
  await administrator.end();
  await Promise.all([database.drop(), nats.stop()]);
});

async function start(transport: 'nats' | 'local' = 'nats'): Promise<ShellProcess> {
  const shell = await startShellProcess({
    DATABASE_URL: database.url,
    MACROLITH_SEED: 'true',
    ...(transport === 'nats' ? { NATS_URL: nats.url } : {}),
  });
  shells.push(shell);
  return shell;
}

function place({ url }: ShellProcess, reference: string): Promise<Response> {
  return fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      fulfilment: 'automatic',
      reference,
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
}

async function placeAll(shell: ShellProcess, first: number, last: number): Promise<void> {
  for (let number = first; number <= last; number += 1) {
    const { status } = await place(shell, `order-${number}`);
    expect(status).toBe(201);
  }
}

async function count(from: string): Promise<number> {
  const { rows } = await administrator.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0]!.n;
}

async function allFulfilled(orders: number): Promise<void> {
  const fulfilled = () => count(`orders.order_header WHERE status = 'fulfilled'`);
  await eventually('All orders fulfilled', fulfilled, (n) => n === orders, PATIENCE);
  expect(await count('orders.order_header')).toBe(orders);
  expect(await count('shipping.shipment')).toBe(orders);
  const { rows } = await administrator.query(await readFile(RECONCILIATION, 'utf8'));
  expect(rows.filter((row) => row.wrong > 0)).toEqual([]);
}

describe('the shell that is told where NATS is', () => {
  test('fulfils orders by events over NATS, though a process and nats-server are killed in the middle', async () => {
    const [first, second] = [await start(), await start()];
    await placeAll(first, 1, 15);
    await nats.kill();
    await placeAll(second, 16, 20);
    await nats.restart();
    await first.kill();
    await placeAll(second, 21, 30);

    await allFulfilled(30);
    expect(await count('payments.received')).toBeGreaterThanOrEqual(30);
    expect(await count(`orders.consumer WHERE name <> '@jetstream'`)).toBe(0);
  });

  test('takes up what was still open within the database, and gives back what is open when it is told of NATS no more', async () => {
    const local = await start('local');
    await placeAll(local, 1, 15);
    await local.kill();
    const overNats = await start();
    await placeAll(overNats, 16, 25);
    await overNats.kill();
    await nats.kill();
    const localAgain = await start('local');
    await placeAll(localAgain, 26, 30);

    await allFulfilled(30);
    expect(await count(`orders.consumer WHERE name = '@jetstream'`)).toBe(0);
  });
});
