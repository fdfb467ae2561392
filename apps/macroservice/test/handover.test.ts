import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { declarationOf } from '@macrolith/core';
import { prepareModule } from '@macrolith/data/handover';
import {
  after,
  afterCommitOf,
  before,
  beforeCommitOf,
  type CrashPoint,
  crash,
  type NatsServer,
  type PostgresServer,
  startNats,
  startPostgres,
} from '@macrolith/local-services';
import { OrdersModule } from '@macrolith/orders/local';
import { eventually } from '@macrolith/testing';
import {
  databaseFor,
  type HandoverDatabase,
  handover,
  MACRO,
  query,
  refusal,
  WORKSPACE,
} from './handover-databases.js';
import { OrderTables } from './order-tables.js';
import { type RunningProcess, startMacroservice, startShell } from './processes.js';

const PATIENCE = { withinMs: 60_000 };

/** One whose changes can be replicated, and one as it comes. */
let source: PostgresServer;
let other: PostgresServer;
let nats: NatsServer;
const running: RunningProcess[] = [];

beforeAll(async () => {
  const settings = { wal_level: 'logical', max_wal_senders: '10' };
  [source, other, nats] = await Promise.all([startPostgres({ settings }), startPostgres(), startNats()]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
});
afterAll(async () => {
  await Promise.all([source?.stop(), other?.stop(), nats?.stop()]);
});

async function started(process: Promise<RunningProcess>): Promise<RunningProcess> {
  running.push(await process);
  return process;
}

async function place({ url }: RunningProcess, reference: string): Promise<number> {
  const order = {
    customerId: 'ada',
    accountId: 'acct-river-studio',
    reference,
    fulfilment: 'automatic',
    lines: [{ productId: 'DSK-001', quantity: 1 }],
  };
  const answer = await fetch(`${url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify(order),
  });
  return answer.status;
}

test('inventory moves to another server while orders come in: none is lost, none is reserved for twice, and the old process is refused', async () => {
  const from = await databaseFor(source, 'shop');
  const to = await databaseFor(other, 'warehouse');
  const around = ({ url }: HandoverDatabase) => ({ databaseUrl: url, natsUrl: nats.url });
  const host = (database: HandoverDatabase) => startMacroservice(around(database), ['inventory']);
  const old = await started(host(from));
  const shell = await started(startShell(around(from), ['inventory']));
  const placed = new Set<string>();
  const writing = new AbortController();
  const writer = (async () => {
    for (let nth = 0; !writing.signal.aborted; nth += 1) {
      while ((await place(shell, `order-${nth}`)) !== 201) await sleep(50);
      placed.add(`order-${nth}`);
    }
  })();
  await eventually(
    'The first orders',
    async () => placed.size,
    (size) => size >= 3,
    PATIENCE,
  );

  const write = 'UPDATE inventory.stock SET available = available';
  expect(await refusal(from, 'shop_inventory', write)).toBeUndefined();
  const { code, printed } = await handover(from, to, 'inventory');
  const placedAtOld = placed.size;

  expect(printed).toContain('inventory lives in');
  expect(code).toBe(0);
  expect(await refusal(from, 'shop_inventory', write)).toBe('42501');
  expect(await refusal(from, 'shop_inventory_owner', write)).toBe('42501');
  await expect(host(from)).rejects.toThrow(/has been handed over from the database 'shop' to .*\/warehouse/);
  const left = await query(from.url, ['SELECT * FROM inventory.movement ORDER BY 1']);
  await old.stop();
  await started(host(to));
  await eventually(
    'Orders after the move',
    async () => placed.size,
    (size) => size >= placedAtOld + 3,
    PATIENCE,
  );
  writing.abort();
  await writer;

  const orders = await query<{ order_id: string }>(from, ['SELECT order_id FROM orders.order_header ORDER BY 1']);
  expect(orders).toHaveLength(placed.size);
  await eventually(
    'The orders',
    () => query(from.url, [`SELECT FROM orders.order_header WHERE status = 'fulfilled'`]),
    (rows) => rows.length === placed.size,
    PATIENCE,
  );
  expect(await query(to.url, ['SELECT order_id FROM inventory.reservation ORDER BY 1'])).toEqual(orders);
  const [{ reserved, committed }] = (await query(to.url, [
    `SELECT count(*) FILTER (WHERE kind = 'reserved')::int AS reserved, count(*) FILTER (WHERE kind = 'committed')::int AS committed
     FROM inventory.movement`,
  ])) as [{ reserved: number; committed: number }];
  expect({ reserved, committed }).toEqual({ reserved: placed.size, committed: placed.size });
  expect(await query(from.url, ['SELECT * FROM inventory.movement ORDER BY 1'])).toEqual(left);
});

/** Where the command is killed, in the order in which it comes there. */
const POINTS: readonly CrashPoint[] = [
  afterCommitOf(/INSERT INTO .*macrolith_handover/),
  after(/pg_create_logical_replication_slot/),
  before(/phase = 'copying'/),
  after(/LOCK TABLE/),
  after(/phase = 'verified'/),
  beforeCommitOf(/phase = 'switched'/),
  afterCommitOf(/phase = 'switched'/),
  before(/DROP PUBLICATION/),
];

describe('orders, in another database of the same server', () => {
  let from: HandoverDatabase;
  let to: HandoverDatabase;
  let tables: OrderTables;
  beforeAll(async () => {
    from = await databaseFor(source, 'crashing');
    to = await databaseFor(source, 'crashed');
    await prepareModule(from.url, declarationOf(OrdersModule)!);
    tables = await OrderTables.open(from.superuserUrl, 'crashing_orders');
  });
  afterAll(() => tables.close());

  test('the command is killed wherever it is, run again, and moves every row once', async () => {
    const sourceHost = new URL(from.url).host;
    const writer = tables.write();
    const environment = {
      TARGET_DATABASE_URL: to.url,
      MACRO_ARGUMENTS: JSON.stringify(['handover', 'orders', '--source-host', sourceHost, '--root', WORKSPACE]),
    };

    for (const at of POINTS) {
      const writtenBefore = tables.written;
      await crash({ file: MACRO, environment }, { databaseUrl: from.url, at });
      const isSwitched = (await tables.refusal()) !== undefined;
      expect({ at: at.name, isSwitched }).toEqual({ at: at.name, isSwitched: POINTS.indexOf(at) > POINTS.length - 3 });
      // Nobody waits for a command that is gone.
      if (!isSwitched)
        await eventually(
          'The writer',
          async () => tables.written,
          (written) => written > writtenBefore,
          PATIENCE,
        );
    }
    const { code, printed } = await handover(from, to, 'orders');

    expect(printed).toContain('orders lives in');
    expect(code).toBe(0);
    expect(await writer).toBe('42501');
    expect(await OrderTables.contents(to.url)).toEqual(tables.expected);
    expect(await query(source.url, ['SELECT FROM pg_replication_slots'])).toEqual([]);
    expect(await query(to.url, ['SELECT FROM pg_subscription'])).toEqual([]);
  });

  test('rows that come after it have numbers of their own', async () => {
    const there = await OrderTables.open(to.superuserUrl, 'crashed_orders');
    await there.writeOnce();
    const [numbers] = await query(to.url, [
      'SELECT count(*)::int AS rows, count(DISTINCT position)::int AS positions FROM orders.outbox',
    ]);
    await there.close();

    expect(numbers).toEqual({ rows: tables.written + 1, positions: tables.written + 1 });
  });

  test('and back: what was left is dropped, and the module returns', async () => {
    expect(await handover(from, undefined, 'orders', '--drop-source')).toMatchObject({ code: 0 });
    expect(await handover(to, from, 'orders')).toMatchObject({ code: 0 });

    expect((await OrderTables.contents(from.url)).runs).toBe(tables.written + 1);
    expect(await tables.refusal()).toBeUndefined();
  });
});
