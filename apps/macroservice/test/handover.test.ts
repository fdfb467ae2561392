import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { declarationOf } from '@macrolith/core';
import { prepareModule } from '@macrolith/data/handover';
import { InventoryModule } from '@macrolith/inventory/local';
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
import pg from 'pg';
import {
  databaseFor,
  type HandoverDatabase,
  handover,
  handoverProcess,
  MACRO,
  macro,
  query,
  refusal,
  WORKSPACE,
} from './handover-databases.js';
import { OrderTables } from './order-tables.js';
import { type RunningProcess, startMacroservice, startShell } from './processes.js';

/** A run that fails while the module is away is tried again after ever longer pauses. */
const PATIENCE = { withinMs: 240_000 };
/** Placed, or taken over and to be placed: an order that is asked for while inventory is away. */
const ACCEPTED = new Set([201, 202]);

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
      while (!ACCEPTED.has(await place(shell, `order-${nth}`))) await sleep(50);
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
  expect(await refusal(from, 'shop_inventory', 'SELECT FROM inventory.stock')).toBe('42501');
  expect(await refusal(from, 'shop_inventory_owner', write)).toBe('42501');
  expect(await refusal(from, 'shop_inventory_owner', 'SELECT FROM inventory.stock')).toBeUndefined();
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

  const orders = await query<{ order_id: string }>(from.url, ['SELECT order_id FROM orders.order_header ORDER BY 1']);
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
}, 600_000);

/** Where the command is killed, in the order in which it comes there. */
const POINTS: readonly CrashPoint[] = [
  afterCommitOf(/INSERT INTO .*macrolith_handover/),
  after(/pg_create_logical_replication_slot/),
  before(/"subscriptions"/),
  before(/phase = 'copying'/),
  after(/LOCK TABLE/),
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

  test('its messages are looked after where it lives, and not where it was', async () => {
    expect((await macro(from, undefined, ['events', 'consumers'])).printed).toContain('no module with an outbox');
    expect(await macro(to, undefined, ['events', 'consumers'])).toMatchObject({ code: 0 });
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

describe('inventory, which is not let go', () => {
  let from: HandoverDatabase;
  let to: HandoverDatabase;
  const migrations = declarationOf(InventoryModule)!;
  const write = 'DELETE FROM inventory.inbox';
  const lines = (...args: readonly string[]) => handover(from, to, 'inventory', ...args);
  beforeAll(async () => {
    from = await databaseFor(source, 'keeping');
    to = await databaseFor(other, 'wanting');
    await prepareModule(from.url, migrations);
  });

  test.each([
    ['an unknown module', () => handover(from, to, 'wares'), 'There is no module'],
    ['no target', () => handover(from, undefined, 'inventory'), 'where to?'],
    [
      'a target that is no address',
      () => handover(from, { url: 'warehouse' }, 'inventory'),
      'TARGET_DATABASE_URL is no PostgreSQL address',
    ],
    [
      'the same database by another name',
      () => handover(from, { url: from.url.replace('127.0.0.1', 'localhost') }, 'inventory'),
      'is in already',
    ],
    [
      'a target that does not answer',
      () => handover(from, { url: to.url.replace(/:\d+\//, ':1/') }, 'inventory'),
      "the target's database cannot be reached",
    ],
    ['a pause of nothing', () => lines('--pause', '0'), '--pause takes seconds'],
    ['a port without a host', () => lines('--source-host', ':5432'), '--source-host takes a host and a port'],
    ['a port that there is not', () => lines('--source-host', 'db:99999'), '--source-host takes a host and a port'],
    [
      'no target, asked by a program',
      () => handover(from, undefined, 'inventory', '--json'),
      '"code": "handover.wrong-request"',
    ],
    [
      'to take back a handover with a target that is gone',
      () => handover(from, { url: to.url.replace(/:\d+\//, ':1/') }, 'inventory', '--abort'),
      'If it is gone for good, name none',
    ],
  ])('%s is a wrong request', async (_, request, words) => {
    const { code, printed } = await request();

    expect(printed).toContain(words);
    expect(code).toBe(2);
  });

  test('servers and users that cannot do it are told all that is missing, and nothing is changed', async () => {
    const plain = await databaseFor(other, 'plain');
    await prepareModule(plain.url, migrations);
    await query(other.url, ['ALTER ROLE plain_admin NOREPLICATION']);
    await query(source.url, ['REVOKE pg_create_subscription FROM keeping_admin']);
    const elsewhere = Object.assign(new URL(from.url), { pathname: '/postgres' }).href;

    const { code, printed } = await handover(plain, { url: elsewhere }, 'inventory');

    await query(source.url, ['GRANT pg_create_subscription TO keeping_admin']);
    expect(printed).toContain(`source  wal_level is 'minimal'`);
    expect(printed).toContain(`do  ALTER SYSTEM SET wal_level = 'logical'`);
    expect(printed).toContain('source  The user may not make a role that replicates.');
    expect(printed).toContain('target  The user may not make subscriptions.');
    expect(code).toBe(1);
    expect(await handover(plain, undefined, 'inventory', '--status')).toMatchObject({
      printed: expect.stringContaining('is not being handed over'),
    });
  });

  test('a target that holds rows is left alone', async () => {
    await prepareModule(to.url, migrations);
    await query(to.superuserUrl, [`INSERT INTO inventory.stock VALUES ('DSK-001', 1, 0)`]);

    const { code, printed } = await lines('--json');

    expect(JSON.parse(printed)).toMatchObject({
      error: { code: 'handover.target-not-empty', tables: ['inventory.stock'] },
    });
    expect(code).toBe(1);
    await query(to.superuserUrl, ['DROP SCHEMA inventory CASCADE']);
  });

  test('who hears events inside the database would not hear them any more', async () => {
    const consumer = `INSERT INTO inventory.consumer (name, event) VALUES ('orders.on-stock', 'inventory.stock-committed')`;
    await query(from.superuserUrl, [consumer]);

    expect((await lines()).printed).toContain('events reach orders.on-stock inside');
    await query(from.superuserUrl, ['DELETE FROM inventory.consumer']);
  });

  test("a target's server that cannot reach the source's is told of, and the next run goes on", async () => {
    const { code, printed } = await lines('--source-host', '127.0.0.1:1');

    expect(printed).toContain("the target's server cannot connect to 127.0.0.1:1");
    expect(code).toBe(1);
    expect((await lines('--status')).printed).toContain('preparing since');
  });

  test('before the switch the target is closed to processes, and the source serves', async () => {
    const { code, printed } = await lines('--no-switch');

    expect(printed).toContain('is ready to be switched');
    expect(code).toBe(0);
    await expect(prepareModule(to.url, migrations)).rejects.toMatchObject({ code: 'macrolith.module-arriving' });
    expect(await refusal(to, 'wanting_inventory', write)).toBe('42501');
    expect(await refusal(from, 'keeping_inventory', write)).toBeUndefined();
    expect((await lines('--status')).printed).toContain('verified since');
  });

  test('the status tells the phase also when the target does not answer', async () => {
    const { code, printed } = await handover(from, { url: to.url.replace(/:\d+\//, ':1/') }, 'inventory', '--status');

    expect(printed).toMatch(/verified since .*\nthe target's database cannot be reached/);
    expect(code).toBe(1);
  });

  test.each([
    [
      'connect to the target once more',
      'ALTER ROLE wanting_admin CONNECTION LIMIT 1',
      'ALTER ROLE wanting_admin CONNECTION LIMIT -1',
      "one more connection to the target's database was refused: too many connections",
    ],
    [
      'ask who the target is',
      'REVOKE EXECUTE ON FUNCTION pg_control_system FROM PUBLIC',
      'GRANT EXECUTE ON FUNCTION pg_control_system TO PUBLIC',
      'permission denied for function pg_control_system. The user that is named',
    ],
  ])('a command that may not %s says so and ends', async (_, forbid, allow, words) => {
    await query(to.superuserUrl, [forbid]);

    const { code, printed } = await handoverProcess(from, to, 'inventory').ended;

    await query(to.superuserUrl, [allow]);
    expect(printed).toContain(words);
    expect(code).toBe(1);
  });

  test('a module goes to one database at a time', async () => {
    const third = await databaseFor(other, 'third');

    expect((await handover(from, third, 'inventory')).printed).toContain(
      `is being handed over to ${new URL(to.url).host}/wanting already`,
    );
  });

  test('a writer who stays is named, and nobody waits longer than the pause', async () => {
    const writer = new pg.Client(from.superuserUrl);
    await writer.connect();
    await writer.query(`SET application_name = 'month-end'; BEGIN; ${write}`);

    const { code, printed } = await lines('--pause', '1');

    expect(printed).toMatch(
      /session \d+ \(month-end\) did not end a transaction .* within 1 s\. Writers were let go on/,
    );
    expect(code).toBe(1);
    expect(await refusal(from, 'keeping_inventory', write)).toBeUndefined();
    await writer.end();
  });

  test('a comparison that takes too long lets the writers go on', async () => {
    const holder = new pg.Client(to.superuserUrl);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE inventory.stock IN ACCESS EXCLUSIVE MODE');

    const { code, printed } = await lines('--pause', '1');

    expect(printed).toContain('comparing both sides took longer than the pause of 1 s may be');
    expect(code).toBe(1);
    expect(await refusal(from, 'keeping_inventory', write)).toBeUndefined();
    await holder.end();
  });

  test('a row that did not come from the source stops the switch', async () => {
    await query(to.superuserUrl, [`INSERT INTO inventory.stock VALUES ('DSK-001', 1, 0)`]);

    const { code, printed } = await lines();

    expect(printed).toMatch(/inventory\.stock +0 +0{32} +differs: 1 rows at the target/);
    expect(printed).toContain(
      'differ in inventory.stock (0 rows at the source, 1 at the target). Nothing was switched',
    );
    expect(code).toBe(1);
    expect(await refusal(from, 'keeping_inventory', write)).toBeUndefined();
  });

  test('taken back, it leaves nothing on either side', async () => {
    expect((await lines('--drop-source')).printed).toContain(`it is at 'verified'`);

    const { code, printed } = await lines('--abort');

    expect(printed).toContain('✓ inventory stays in');
    expect(code).toBe(0);
    expect(await query(source.url, ['SELECT FROM pg_replication_slots'])).toEqual([]);
    expect(await query(source.url, [`SELECT FROM pg_roles WHERE starts_with(rolname, 'macrolith_handover')`])).toEqual(
      [],
    );
    expect(
      await query(to.url, [
        `SELECT FROM pg_subscription UNION ALL SELECT FROM pg_namespace WHERE nspname = 'inventory'`,
      ]),
    ).toEqual([]);
    expect((await lines('--status')).printed).toContain('is not being handed over');
  });
});

describe('a handover that is interrupted in the middle of the copy', () => {
  let from: HandoverDatabase;
  let to: HandoverDatabase;
  const slots = async () =>
    (await query<{ slot: string }>(source.url, ['SELECT slot_name AS slot FROM pg_replication_slots'])).map(
      ({ slot }) => slot,
    );
  let foreign: string;
  beforeAll(async () => {
    from = await databaseFor(source, 'stopping');
    to = await databaseFor(other, 'stopped');
    await prepareModule(from.url, declarationOf(InventoryModule)!);
    await query(from.superuserUrl, [`INSERT INTO inventory.stock VALUES ('DSK-001', 1, 0)`]);
    const [target] = await query<{ system: string }>(other.url, [
      'SELECT system_identifier AS system FROM pg_control_system()',
    ]);
    foreign = `pg_1_sync_1_${target!.system}`;
    await query(from.superuserUrl, [`SELECT pg_create_logical_replication_slot('${foreign}', 'pgoutput')`]);
  });
  afterAll(() => query(from.superuserUrl, [`SELECT pg_drop_replication_slot('${foreign}')`]));

  test('by Ctrl-C it tells what goes on', async () => {
    // It makes the tables at the target, and goes no further.
    await handover(from, to, 'inventory', '--source-host', '127.0.0.1:1');
    await query(to.superuserUrl, [
      `CREATE FUNCTION inventory.hang() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(3600); RETURN new; END'`,
      'CREATE TRIGGER hang BEFORE INSERT ON inventory.stock FOR EACH ROW EXECUTE FUNCTION inventory.hang()',
      'ALTER TABLE inventory.stock ENABLE ALWAYS TRIGGER hang',
    ]);

    const { process, ended } = handoverProcess(from, to, 'inventory');
    await eventually(
      'The copy of the table that hangs',
      () => query(to.url, [`SELECT FROM pg_stat_progress_copy WHERE relid = 'inventory.stock'::regclass`]),
      (copies) => copies.length === 1,
      PATIENCE,
    );
    process.kill('SIGINT');

    expect(await ended).toMatchObject({
      signal: 'SIGINT',
      printed: expect.stringContaining('interrupted. What has begun goes on without this command'),
    });
    expect((await slots()).filter((slot) => /^pg_\d+_sync_/.test(slot) && slot !== foreign)).not.toEqual([]);
  });

  test('taken back without its target, also by a command that is killed, it leaves no slot and no role at the source', async () => {
    const environment = {
      MACRO_ARGUMENTS: JSON.stringify(['handover', 'inventory', '--abort', '--root', WORKSPACE]),
    };
    await crash({ file: MACRO, environment }, { databaseUrl: from.url, at: after(/pg_terminate_backend/) });
    expect((await handover(from, to, 'inventory')).printed).toContain('is being taken back, and cannot go on');

    const { code, printed } = await handover(from, undefined, 'inventory', '--abort');

    expect(printed).toContain('✓ inventory stays in');
    expect(code).toBe(0);
    expect(await slots()).toEqual([foreign]);
    expect(await query(source.url, [`SELECT FROM pg_roles WHERE starts_with(rolname, 'macrolith_handover')`])).toEqual(
      [],
    );
  });

  test('what it left at the target is in the way of the next, until the target is named', async () => {
    expect((await handover(from, to, 'inventory')).printed).toContain(
      "still holds what a handover of 'inventory' from here had brought there",
    );

    expect(await handover(from, to, 'inventory', '--abort')).toMatchObject({ code: 0 });

    expect(
      await query(to.url, [
        `SELECT FROM pg_subscription UNION ALL SELECT FROM pg_namespace WHERE nspname = 'inventory'`,
      ]),
    ).toEqual([]);
  });
});
