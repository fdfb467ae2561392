import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { forgetClaims } from './dead-claims.js';
import { type Elsewhere, IN_ONE_TRANSACTION, REMOTE, startElsewhere } from './elsewhere.js';
import { ShellDidNotStart, type ShellProcess, startShellProcess } from './shell-process.js';

let database: TestDatabase;
let administrator: pg.Client;
let elsewhere: Elsewhere | undefined;
let shell: ShellProcess | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await shell?.kill();
  shell = undefined;
  await elsewhere?.end();
  elsewhere = undefined;
  await administrator.end();
  await database.drop();
});

async function start(): Promise<ShellProcess> {
  elsewhere ??= await startElsewhere(database.url);
  return startShellProcess({ DATABASE_URL: database.url, MACROLITH_SEED: 'true', ...elsewhere.environmentOfProgram });
}

async function count(from: string): Promise<number> {
  const { rows } = await administrator.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0]!.n;
}

function place(url: string, reference: string): Promise<Response> {
  return fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      reference,
      lines: [{ productId: 'DSK-001', quantity: 1 }],
    }),
  });
}

describe('a shell that is killed in the middle of its work', () => {
  const ORDERS = 60;
  const all = (url: string) => Array.from({ length: ORDERS }, (_, index) => place(url, `order-${index}`));
  const expectNothingBut = async (placed: number): Promise<void> => {
    expect(await count(`orders.order_header WHERE status = 'placed'`)).toBe(placed);
    expect(await count('orders.order_header')).toBe(placed);
    expect(await count('payments.payment')).toBe(placed);
    expect(await count('inventory.reservation')).toBe(placed);
  };

  /**
   * Lets only so many orders be placed until it is killed, however late the test sees the first: whoever would place one
   * more waits for a lock. Answers what gives it free.
   */
  const holdAfter = async (most: number) => {
    await administrator.query(`
      CREATE FUNCTION orders.hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM orders.order_header WHERE status = 'placed') >= ${most} THEN
          PERFORM pg_advisory_xact_lock_shared(1);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER hold BEFORE INSERT OR UPDATE ON orders.order_header FOR EACH ROW
        WHEN (NEW.status = 'placed') EXECUTE FUNCTION orders.hold();
      SELECT pg_advisory_lock(1)`);
    return () => administrator.query('SELECT pg_advisory_unlock(1); DROP FUNCTION orders.hold CASCADE');
  };
  /** What it has told the database is done although it is dead. Modules that are elsewhere keep their sessions. */
  const untilTheDatabaseHasDone = () => {
    const theirs = REMOTE.length === 0 ? '' : `AND state <> 'idle'`;
    const sessions = `pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ${theirs}`;
    return eventually(
      'The end of its sessions',
      () => count(sessions),
      (left) => left === 0,
      { withinMs: 60_000 },
    );
  };

  test.each([1, 10, 25])(
    'after %i of sixty orders, leaves whole orders or runs that end, and the next one lists the news of each once',
    async (enough) => {
      shell = await start();
      const release = await holdAfter(40);
      const orders = all(shell.url).map((order) => order.catch(() => undefined));
      const committed = () => count(`orders.order_header WHERE status = 'placed'`);
      await eventually('The first orders', committed, (placed) => placed >= enough, { everyMs: 1, withinMs: 60_000 });
      await shell.kill();
      await Promise.all(orders);
      await release();
      await untilTheDatabaseHasDone();

      const placed = await committed();
      expect(placed).toBeGreaterThanOrEqual(enough);
      expect(placed).toBeLessThan(ORDERS);
      expect(await count(`orders.outbox WHERE kind = 'task'`)).toBe(placed);
      if (IN_ONE_TRANSACTION) await expectNothingBut(placed);

      await forgetClaims(administrator, (module) => !REMOTE.includes(module));
      shell = await start();
      const answers = await Promise.all(all(shell.url));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      await expectNothingBut(ORDERS);
      const patience = { withinMs: 60_000 };
      await eventually(
        'An empty outbox',
        () => count(`orders.delivery WHERE state = 'open'`),
        (open) => open === 0,
        patience,
      );
      expect(await count(`notifications.message WHERE status = 'sent'`)).toBe(ORDERS);
      expect(await count('notifications.message')).toBe(ORDERS);
    },
  );
});

test('a shell that is asked to end answers what it has begun, and ends with 0', async () => {
  shell = await start();
  const { url } = shell;
  const orders = Array.from({ length: 10 }, (_, index) => place(url, `last-${index}`));
  await Promise.race(orders);
  const ending = shell.stop();
  const statuses = await Promise.all(orders.map((order) => order.then(({ status }) => status)));
  expect(statuses.every((status) => status === 201 || status === 503)).toBe(true);
  expect(await ending).toBe(0);
  expect(await count('orders.order_header')).toBe(statuses.filter((status) => status === 201).length);
});

describe('a shell that cannot start says why in one sentence and ends with 1', () => {
  const refusal = async (settings: Record<string, string>): Promise<ShellDidNotStart> => {
    const failure = await startShellProcess({ DATABASE_URL: database.url, ...settings }).then(
      () => new Error('It started.'),
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ShellDidNotStart);
    return failure as ShellDidNotStart;
  };

  test.each<[string, Record<string, string>, RegExp]>([
    ['a malformed database address', { DATABASE_URL: 'nonsense' }, /DATABASE_URL must look like postgres:\/\//],
    [
      'a database server that is not there',
      { DATABASE_URL: 'postgres://u:hidden-word@127.0.0.1:1/shop' },
      /127\.0\.0\.1:1/,
    ],
    ['a port that is none', { PORT: '99999' }, /PORT must be at most 65535/],
    ['a mail server that is none', { SMTP_URL: 'https://hidden-word@example.org' }, /SMTP_URL/],
  ])('for %s', async (_, settings, sentence) => {
    const { exitCode, output } = await refusal(settings);
    expect(exitCode).toBe(1);
    expect(output).toMatch(sentence);
    expect(output.split('\n')).toHaveLength(1);
    expect(output).not.toContain('hidden-word');
  });

  test('for a wrong password', async () => {
    const url = new URL(database.url);
    url.password = 'hidden-word';
    const { exitCode, output } = await refusal({ DATABASE_URL: url.href });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/password|refused/i);
    expect(output.split('\n')).toHaveLength(1);
    expect(output).not.toContain('hidden-word');
  });

  test('for a database that does not exist', async () => {
    const url = new URL(database.url);
    url.pathname = '/no_such_database';
    const { exitCode, output } = await refusal({ DATABASE_URL: url.href });
    expect(exitCode).toBe(1);
    expect(output).toContain('no_such_database');
    expect(output.split('\n')).toHaveLength(1);
  });

  test('for a taken port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { exitCode, output } = await refusal({ PORT: String(port) });
    other.close();
    expect(exitCode).toBe(1);
    expect(output).toMatch(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is taken`));
    expect(output.split('\n')).toHaveLength(1);
  });
});
