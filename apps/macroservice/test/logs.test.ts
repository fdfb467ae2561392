import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type LoggedProcess, startLogged } from './logged-process.js';

const ELSEWHERE = ['inventory', 'shipping'];
const PATIENCE = { withinMs: 60_000 };
const [ASKED, ORDERED] = ['4bf92f3577b34da6a3ce929d0e0e4736', '0af7651916cd43dd8448eb211c80319c'] as const;

type Line = Readonly<Record<string, unknown>>;

let database: TestDatabase;
let nats: NatsServer;
let administrator: pg.Client;
let shell: LoggedProcess;
let others: LoggedProcess;
let url: string;

beforeAll(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  administrator = new pg.Client(database.url);
  await administrator.connect();
  const place = { DATABASE_URL: database.url, NATS_URL: nats.url, LOG_LEVEL: 'info' };
  const MODULES = ELSEWHERE.map((name) => `@macrolith/${name}`).join(',');
  others = startLogged('macroservice', { ...place, HEALTH_PORT: '0', MODULES });
  await others.ready;
  shell = startLogged('shell', { ...place, PORT: '0', MACROLITH_SEED: 'true', REMOTE_MODULES: ELSEWHERE.join(',') });
  url = await shell.ready;
});
afterAll(async () => {
  await Promise.all([shell, others].map((process) => process?.kill()));
  await administrator?.end();
  await Promise.all([nats?.stop(), database?.drop()]);
});

/** What a process has logged of a trace. */
function linesOf({ log }: LoggedProcess, traceId: string): Line[] {
  const whole = log().split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Line).filter((line) => line.traceId === traceId);
}

/** The shell logs a request once its answer is out, which may be after whoever asked has it. */
function requestLogged(traceId: string, expected: Line): Promise<readonly Line[]> {
  const isExpected = (line: Line) => Object.entries(expected).every(([field, value]) => line[field] === value);
  return eventually(
    'The line of the request',
    async () => linesOf(shell, traceId),
    (all) => all.some(isExpected),
    PATIENCE,
  );
}

function request(path: string, traceId: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  return fetch(`${url}${path}`, { ...init, headers });
}

test('who asked for what failed elsewhere is told a trace id and no more, and both processes have logged it under that', async () => {
  await administrator.query('ALTER TABLE inventory.stock RENAME TO mislaid');

  const response = await request('/api/inventory/stock', ASKED);
  const problem = await response.text();
  await administrator.query('ALTER TABLE inventory.mislaid RENAME TO stock');

  expect(response.status).toBe(500);
  expect(JSON.parse(problem)).toMatchObject({ detail: expect.stringContaining(`under trace ${ASKED}`) });
  const details = /inventory\.stock/;
  expect(problem).not.toMatch(details);
  const [there] = await eventually(
    'The line',
    async () => linesOf(others, ASKED),
    (all) => all.length > 0,
    PATIENCE,
  );
  expect(there).toMatchObject({ level: 'error', operation: 'inventory.listStock' });
  expect(JSON.stringify(there)).toMatch(details);
  const here = await requestLogged(ASKED, { path: '/api/inventory/stock', status: 500 });
  expect(JSON.stringify(here)).not.toMatch(details);
});

test('what another process hears because of a request is logged there under the trace of the request', async () => {
  await administrator.query('ALTER TABLE shipping.shipment RENAME TO mislaid');

  const lines = [{ productId: 'DSK-001', quantity: 1 }];
  const order = { customerId: 'ada', accountId: 'acct-river-studio', fulfilment: 'automatic', lines };
  const { status } = await request('/api/orders/orders', ORDERED, { method: 'POST', body: JSON.stringify(order) });

  expect(status).toBe(201);
  const there = await eventually(
    'The line',
    async () => linesOf(others, ORDERED),
    (all) => all.length > 0,
    PATIENCE,
  );
  expect(there[0]).toMatchObject({ level: 'warn', msg: expect.stringContaining('shipping.sendGoods') });
  await requestLogged(ORDERED, { path: '/api/orders/orders', status: 201 });
});
