import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createTestDatabase,
  EndedBeforeReady,
  type NatsServer,
  startNats,
  type TestDatabase,
} from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type RunningProcess, startShell, startWorker, startWorkerThatOnlyListens } from './processes.js';

let database: TestDatabase;
let administrator: pg.Client;
let nats: NatsServer | undefined;
const running: RunningProcess[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
  await administrator.end();
  await database.drop();
  await nats?.stop();
  nats = undefined;
});

async function started(process: Promise<RunningProcess>): Promise<RunningProcess> {
  running.push(await process);
  return process;
}

const shell = (settings?: Record<string, string>) => started(startShell(database.url, settings));
const worker = (settings?: Record<string, string>) => started(startWorker(database.url, settings));

async function place({ url }: RunningProcess, reference: string): Promise<void> {
  const { status } = await fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      reference,
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
  if (status !== 201) throw new Error(`The order was answered with ${status}.`);
}

/** Enough to be in the middle of them. */
const ORDERS = 40;

const placeMany = (at: RunningProcess, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => place(at, `order-${index}`)));

async function count(from: string): Promise<number> {
  const { rows } = await administrator.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0]!.n;
}

const sent = () => count(`notifications.message WHERE status = 'sent'`);
/** Pieces of news that are still to be sent. Other modules hear of orders, too. */
const owed = () => count(`orders.delivery WHERE state = 'open' AND consumer = 'notifications.send'`);
const nothingOwed = () => eventually('The last delivery', owed, (open) => open === 0, { withinMs: 60_000 });
/** A claim of a dead process is leased for a minute: lets it run out now. */
const endLeases = () =>
  administrator.query(`UPDATE orders.delivery SET leased_until = now() WHERE leased_until IS NOT NULL`);

/**
 * Lets only so many messages be sent until it is given free, however late the test sees the first: whoever would send one
 * more waits for a lock. Answers what gives it free.
 */
async function holdAfter(most: number): Promise<() => Promise<unknown>> {
  await administrator.query(`
    CREATE FUNCTION notifications.hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT count(*) FROM notifications.message WHERE status = 'sent') >= ${most} THEN
        PERFORM pg_advisory_xact_lock_shared(1);
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER hold BEFORE UPDATE ON notifications.message FOR EACH ROW
      WHEN (NEW.status = 'sent') EXECUTE FUNCTION notifications.hold();
    SELECT pg_advisory_lock(1)`);
  return () => administrator.query('SELECT pg_advisory_unlock(1); DROP FUNCTION notifications.hold CASCADE');
}

/** What a process has told the database is done although it is dead. */
const databaseAtRest = () =>
  eventually(
    'The end of what the database does',
    () => count(`pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`),
    (busy) => busy === 0,
    { withinMs: 60_000 },
  );

describe('beside a shell that leaves delivery to it, a worker', () => {
  test('does what the shell has left before it came', async () => {
    const at = await shell();
    await placeMany(at, 5);
    expect(await owed()).toBe(5);
    expect(await sent()).toBe(0);

    await worker();

    await nothingOwed();
    expect(await sent()).toBe(5);
  });

  test('takes events over NATS where both are told of it', async () => {
    nats = await startNats();
    const at = await shell({ NATS_URL: nats.url });
    await worker({ NATS_URL: nats.url });
    await place(at, 'first');

    const heard = () => count(`analytics.received_delivery WHERE state = 'done'`);
    await eventually('What analytics hears', heard, (deliveries) => deliveries > 0, { withinMs: 60_000 });
    await nothingOwed();
  });

  test('is told by it of what is new, and need not look around by itself', async () => {
    const [at] = await Promise.all([shell(), started(startWorkerThatOnlyListens(database.url))]);

    for (let nth = 1; nth <= 3; nth += 1) {
      await place(at, `prompt-${nth}`);
      await eventually('The message', sent, (messages) => messages === nth, { withinMs: 60_000 });
    }
  });

  test('may be killed in the middle of its work: the next one does the rest, and nothing twice', async () => {
    const at = await shell();
    await placeMany(at, ORDERS);
    const release = await holdAfter(20);
    const first = await worker();
    await eventually('The first messages', sent, (messages) => messages >= 5, { everyMs: 1, withinMs: 60_000 });
    await first.kill();
    await release();
    await databaseAtRest();
    expect(await owed()).toBeGreaterThan(0);
    await endLeases();

    await worker();

    await nothingOwed();
    expect(await count('notifications.message')).toBe(ORDERS);
    expect(await sent()).toBe(ORDERS);
  });

  test('that is asked to end finishes what it has begun, leaves no lease behind, and ends with 0', async () => {
    const at = await shell();
    await placeMany(at, ORDERS);
    const first = await worker();
    await eventually('The first messages', sent, (messages) => messages >= 5, { everyMs: 1, withinMs: 60_000 });

    expect(await first.stop()).toEqual({ exitCode: 0, signal: null });

    expect(await count(`orders.delivery WHERE leased_until IS NOT NULL AND state = 'open'`)).toBe(0);
    expect(await owed()).toBe(ORDERS - (await sent()));
    await worker();
    await nothingOwed();
    expect(await sent()).toBe(ORDERS);
  });

  test('shares the work with another one', async () => {
    const [at] = await Promise.all([shell(), worker(), worker()]);

    await placeMany(at, ORDERS);

    await nothingOwed();
    expect(await count('notifications.message')).toBe(ORDERS);
    expect(await sent()).toBe(ORDERS);
  });
});

test('its health can be asked on loopback: it is live, and ready while its database answers', async () => {
  const { url } = await worker();
  const health = async (path: string) => {
    const answer = await fetch(`${url}/health/${path}`);
    return { status: answer.status, body: await answer.json() };
  };

  expect(new URL(url).hostname).toBe('127.0.0.1');
  expect(await health('live')).toEqual({ status: 200, body: { status: 'live' } });
  expect(await health('ready')).toEqual({ status: 200, body: { status: 'ready' } });
});

test('a worker that cannot start says why in one sentence and ends with 1', async () => {
  const first = await worker();
  const { port } = new URL(first.url);

  const failure = await worker({ HEALTH_PORT: port }).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(EndedBeforeReady);
  const { ending, errors } = failure as EndedBeforeReady;
  expect(ending.exitCode).toBe(1);
  expect(errors).toBe(`Port ${port} of 127.0.0.1 is taken. Stop what listens there, or set HEALTH_PORT to another.`);
});
