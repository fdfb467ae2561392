import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type RunningProcess, startMacroservice, startShell } from './processes.js';

const PATIENCE = { withinMs: 60_000 };

let database: TestDatabase;
let administrator: pg.Client;
let nats: NatsServer;
const running: RunningProcess[] = [];

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
  await administrator.end();
  await Promise.all([database.drop(), nats.stop()]);
});

async function started(process: Promise<RunningProcess>): Promise<RunningProcess> {
  running.push(await process);
  return process;
}

const surroundings = () => ({ databaseUrl: database.url, natsUrl: nats.url });
const shell = (remote: readonly string[]) => started(startShell(surroundings(), remote));
const macroservice = (modules: readonly string[]) => started(startMacroservice(surroundings(), modules));

async function place({ url }: RunningProcess, reference: string): Promise<number> {
  const { status } = await fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      reference,
      fulfilment: 'automatic',
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
  return status;
}

async function count(from: string): Promise<number> {
  const { rows } = await administrator.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0]!.n;
}

const sent = () => count(`notifications.message WHERE status = 'sent'`);

test('notifications move out: their process sends what the shell is asked to send, and their pages stay', async () => {
  await macroservice(['notifications']);
  const at = await shell(['notifications']);

  expect(await place(at, 'first')).toBe(201);

  await eventually('The messages', sent, (messages) => messages === 2, PATIENCE);
  const listed = await fetch(`${at.url}/api/notifications/messages`);
  expect(await listed.json()).toMatchObject({ items: [{ status: 'sent' }, { template: 'order-placed' }] });
  expect((await fetch(`${at.url}/api/notifications/messages/6a3c1f9e-0000-4000-8000-000000000000`)).status).toBe(404);
  expect(await at.stop()).toEqual({ exitCode: 0, signal: null });
});

test('while notifications are away orders are placed, and their messages go out once they are back', async () => {
  const at = await shell(['notifications']);

  expect(await place(at, 'first')).toBe(201);
  expect((await fetch(`${at.url}/api/notifications/messages`)).status).toBe(503);
  await macroservice(['notifications']);

  await eventually('The messages', sent, (messages) => messages === 2, PATIENCE);
  await eventually(
    'The page',
    async () => (await fetch(`${at.url}/api/notifications/messages`)).status,
    (status) => status === 200,
    PATIENCE,
  );
});

test('a shell that is to be filled and starts while payments are away serves what it can without them', async () => {
  const { url } = await shell(['payments']);

  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await fetch(`${url}/api/payments/accounts`)).status).toBe(503);
});

test('a shell that is told nothing of NATS does not start with a module elsewhere, and names the events that would be lost', async () => {
  const start = startShell({ databaseUrl: database.url, natsUrl: '' }, ['payments']);

  await expect(start).rejects.toThrow(
    /payments \(team-\w+\): is imported from '\/remote', and events stay in the database: 'inventory' would never hear its payments\.payment-captured\.v1\./,
  );
});

test('a macroservice that is asked to end does so with 0', async () => {
  const process = await macroservice(['notifications']);

  expect(await (await fetch(`${process.url}/health/ready`)).json()).toEqual({ status: 'ready' });
  expect(await process.stop()).toEqual({ exitCode: 0, signal: null });
});

test.each([
  ['@macrolith/contract', "has no '/local'"],
  ['@macrolith/not-installed', 'is not installed'],
])('a macroservice does not start with %s, and says why', async (name, reason) => {
  const start = startMacroservice(surroundings(), [name.slice('@macrolith/'.length)]);

  await expect(start).rejects.toThrow(reason);
});
