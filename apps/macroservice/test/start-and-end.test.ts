import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type LoggedProcess, type Program, startLogged } from './logged-process.js';

const PATIENCE = { withinMs: 60_000 };
/** Far less than all phases of a shutdown take that wait one after the other, each as long as it likes. */
const LIMIT_MS = 2_000;
const MUCH_LONGER_MS = 12_000;
const ALL_RIGHTS = 'publish: ">", subscribe: ">"';
const NO_CALLS = 'publish: ">", subscribe: "_INBOX.>"';

let folder: string;
let database: TestDatabase;
let nats: NatsServer;
const running: LoggedProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'macrolith-rights-'));
  database = await createTestDatabase();
});
beforeEach(async () => {
  grant(ALL_RIGHTS);
  // A path in the configuration begins where its file is.
  nats = await startNats({ configuration: `include "../../../../..${join(folder, 'rights.conf')}"` });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
  await nats.stop();
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true });
});

/** The rights of the one user that NATS knows. */
function grant(rights: string): void {
  const user = `{ user: shop, password: secret, permissions: { ${rights} } }`;
  writeFileSync(join(folder, 'rights.conf'), `authorization { users: [ ${user} ] }`);
}

const natsUrl = () => `nats://shop:secret@127.0.0.1:${nats.port}`;

function start(program: Program, environment: Record<string, string> = {}): LoggedProcess {
  const process = startLogged(program, { DATABASE_URL: database.url, LOG_LEVEL: 'info', ...environment });
  running.push(process);
  return process;
}

function macroservice(environment: Record<string, string> = {}): LoggedProcess {
  const MODULES = '@macrolith/notifications,@macrolith/shipping';
  return start('macroservice', { NATS_URL: natsUrl(), HEALTH_PORT: '0', MODULES, ...environment });
}

/** What `/health/ready` answers, once it can be asked. */
async function readiness({ log }: LoggedProcess): Promise<readonly [status: number, body: unknown] | undefined> {
  const url = /http:\S+\/health\/ready/.exec(log())?.[0];
  if (url === undefined) return undefined;
  const answer = await fetch(url);
  return [answer.status, await answer.json()];
}

const becomes = (process: LoggedProcess, status: number, body: object) =>
  eventually(
    'Its readiness',
    () => readiness(process),
    (now) => JSON.stringify(now) === JSON.stringify([status, body]),
    PATIENCE,
  );

test('a macroservice without NATS is not ready and says why; it is once NATS comes, stays so while NATS is away, and ends then', async () => {
  await nats.kill();
  const process = macroservice();
  await becomes(process, 503, { status: 'unavailable', nats: 'not connected' });
  expect(process.log()).not.toContain('Serving over NATS');

  await nats.restart();
  await becomes(process, 200, { status: 'ready' });
  expect(process.log()).toContain('Serving over NATS');

  await nats.kill();
  await eventually(
    'Its log',
    async () => process.log(),
    (log) => log.includes('connection to NATS is lost'),
    PATIENCE,
  );
  expect(await readiness(process)).toEqual([200, { status: 'ready' }]);
  const askedAt = performance.now();
  expect(await process.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(MUCH_LONGER_MS);
});

test('a macroservice whose user may not subscribe to its calls is not ready, and is once it may', async () => {
  grant(NO_CALLS);
  process.kill(nats.pid, 'SIGHUP');
  const denied = macroservice();
  await becomes(denied, 503, { status: 'unavailable', nats: 'denied' });
  expect(denied.log()).toContain('nats-server denies macrolith.calls.notifications.*');
  expect(denied.log()).not.toContain('Serving over NATS');

  grant(ALL_RIGHTS);
  process.kill(nats.pid, 'SIGHUP');
  await becomes(denied, 200, { status: 'ready' });
});

test('a macroservice ends in time while NATS is silent', async () => {
  const process = macroservice();
  await process.ready;

  await nats.pause();
  const askedAt = performance.now();
  expect(await process.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(MUCH_LONGER_MS);
});

test('a process ends in the time that it has, whatever is under way: a request, a task, a call of the database, a delivery of figures', async () => {
  const collector = await silentServer();
  const shell = start('shell', {
    PORT: '0',
    MACROLITH_SEED: 'true',
    NATS_URL: natsUrl(),
    REMOTE_MODULES: '',
    SHUTDOWN_TIMEOUT_MS: String(LIMIT_MS),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  const administrator = new pg.Client(database.url);
  await administrator.connect();
  try {
    const url = await shell.ready;
    await administrator.query('BEGIN');
    await administrator.query('LOCK TABLE notifications.message IN ACCESS EXCLUSIVE MODE');
    const page = fetch(`${url}/api/notifications/messages`).catch(() => undefined);
    const order = { customerId: 'ada', accountId: 'acct-river-studio', reference: 'last', fulfilment: 'automatic' };
    const placed = await fetch(`${url}/api/orders/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'last' },
      body: JSON.stringify({ ...order, lines: [{ productId: 'DSK-001', quantity: 1 }] }),
    });
    expect(placed.status).toBe(201);
    const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'notifications.message'::regclass`;
    await eventually(
      'The request and the task',
      async () => (await administrator.query<{ n: number }>(waiting)).rows[0]!.n,
      (n) => n >= 2,
      PATIENCE,
    );

    const askedAt = performance.now();
    expect(await shell.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(MUCH_LONGER_MS);
    await page;
  } finally {
    await administrator.end();
    collector.close();
    collector.closeAllConnections();
  }
});

/** Takes whatever is sent to it, and never answers. */
async function silentServer(): Promise<Server> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = createServer(() => {}).listen(0, '127.0.0.1', resolve);
  await promise;
  return server;
}
