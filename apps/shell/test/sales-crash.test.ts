import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type Elsewhere, startElsewhere } from './elsewhere.js';
import { salesThatDiffer, unrecorded } from './sales-in-sql.js';
import { type ShellProcess, startShellProcess } from './shell-process.js';

let database: TestDatabase;
let administrator: pg.Client;
let elsewhere: Elsewhere;
const shells: ShellProcess[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  administrator = new pg.Client(database.url);
  await administrator.connect();
  elsewhere = await startElsewhere(database.url);
});
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.kill();
  await elsewhere.end();
  await administrator.end();
  await database.drop();
});

async function start(): Promise<ShellProcess> {
  const shell = await startShellProcess({
    DATABASE_URL: database.url,
    MACROLITH_SEED: 'true',
    ...elsewhere.environmentOfProgram,
  });
  shells.push(shell);
  return shell;
}

async function post(url: string, path: string, body: object = {}): Promise<Response | undefined> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
}

/** Orders at one shell until that is killed, or until it is over. */
async function order(url: string, isOver: () => boolean): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const answer = await post(url, '/api/orders/orders', {
      customerId: 'ada',
      accountId: 'acct-river-studio',
      country: number % 2 === 0 ? 'France' : 'EIRE',
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    });
    if (answer === undefined) return;
    const { orderId } = (await answer.json()) as { orderId: string };
    if (number % 3 === 0) await post(url, `/api/orders/orders/${orderId}/cancel`);
  }
}

async function someOrders(): Promise<void> {
  const orders = async () => {
    const { rows } = await administrator.query<{ n: number }>('SELECT count(*)::integer AS n FROM orders.order_header');
    return rows[0]!.n;
  };
  await eventually('Some orders', orders, (placed) => placed >= 10, { withinMs: 20_000 });
}

const generations = async () => {
  const { rows } = await administrator.query<{ generation: number; state: string }>(
    'SELECT generation, state FROM analytics.projection ORDER BY generation',
  );
  return rows.map(({ generation, state }) => `${generation} ${state}`);
};

/** With a module elsewhere, a run that the killed shell had in its hands goes on once its lease is over, and is news only then. */
async function nothingIsLost(): Promise<void> {
  const state = async () => {
    const { rows } = await administrator.query<{ n: number }>(
      'SELECT count(*)::integer AS n FROM orders.workflow_run WHERE closed_at IS NULL',
    );
    const differences = await salesThatDiffer(administrator);
    return { running: rows[0]!.n, unrecorded: await unrecorded(administrator), differences };
  };
  await eventually(
    'Sales that agree with the orders',
    state,
    ({ running, unrecorded, differences }) => running === 0 && unrecorded === 0 && differences.length === 0,
    { withinMs: 60_000 },
  );
}

test('a rebuild whose shell is killed is ended by another one, and nothing is lost or counted twice', async () => {
  const [first, second] = [await start(), await start()];
  let over = false;
  const ordering = [first, second].map(({ url }) => order(url, () => over));
  await someOrders();

  await post(first.url, '/api/analytics/projection/rebuild');
  await first.kill();
  expect(await generations()).toContain('2 building');

  await eventually('The second generation', generations, (all) => all.includes('2 live'), { withinMs: 60_000 });
  over = true;
  await Promise.all(ordering);
  await nothingIsLost();
});

test('a rebuild goes on when the only shell was killed and comes back', async () => {
  const first = await start();
  let over = false;
  const ordering = order(first.url, () => over);
  await someOrders();
  await post(first.url, '/api/analytics/projection/rebuild');
  await first.kill();
  over = true;
  await ordering;

  await start();

  await eventually('The second generation', generations, (all) => all.includes('2 live'), { withinMs: 60_000 });
  await nothingIsLost();
});
