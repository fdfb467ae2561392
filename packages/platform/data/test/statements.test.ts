import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StatementRefused } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';
import { Stock } from './shop/tables.js';

describe('Statements on the shared connections', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 1 });
  });
  afterAll(() => shop.close());

  const run = <T>(work: () => Promise<T>) => shop.unitOfWork.run(work);
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const orders = (text: string, values?: unknown[]) => shop.database.of('orders').query(text, values);
  const prepared = async () =>
    (await orders("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'macrolith%'")).rows.map(
      ({ statement }) => statement,
    );

  describe('that would change whose they are', () => {
    test.each([
      'SET ROLE postgres',
      'set local role postgres',
      'RESET ROLE',
      'reset all',
      'DISCARD ALL',
      '/* harmless? */ -- no\n RESET ROLE',
      "SELECT set_config('role', 'postgres', true)",
      "SELECT set_config('statement_timeout', '0', false)",
      'SET statement_timeout = 0',
    ])('are refused: %s', async (text) => {
      await expect(orders(text)).rejects.toBeInstanceOf(StatementRefused);
      await expect(caught(shop.orders.query(text))).resolves.toMatchObject({
        driverError: { code: 'macrolith.statement-refused', module: 'orders' },
      });
    });

    test('cannot be smuggled in behind another one', async () => {
      const smuggled = 'SELECT 1; RESET ROLE; SELECT * FROM stock.stock';
      await expect(orders(smuggled)).rejects.toMatchObject({ code: '42601' });
      await expect(run(() => orders(smuggled))).rejects.toMatchObject({ code: '42601' });
    });

    test('cannot end the transaction', async () => {
      await run(async () => {
        for (const text of ['COMMIT', 'ROLLBACK', 'BEGIN', 'SAVEPOINT mine', '/**/ END']) {
          await expect(orders(text)).rejects.toBeInstanceOf(StatementRefused);
          await expect(shop.orders.query(text)).rejects.toThrow(/transaction/);
        }
      });
    });
  });

  describe('that would stay behind on the connection', () => {
    test.each([
      'LISTEN something',
      'CREATE TEMPORARY TABLE scratch (id integer)',
      'SELECT pg_advisory_lock(1)',
      'SELECT pg_try_advisory_lock(1)',
      'SELECT 1 AS one INTO TEMP scratch',
      'DECLARE mine CURSOR WITH HOLD FOR SELECT 1',
      'PREPARE mine AS SELECT 1',
      'EXECUTE mine',
      'DEALLOCATE mine',
    ])('are refused: %s', async (text) => {
      await expect(orders(text)).rejects.toBeInstanceOf(StatementRefused);
    });

    test('are allowed when they end with the transaction', async () => {
      await run(async () => {
        await orders('SELECT pg_advisory_xact_lock(1)');
        await orders('SELECT pg_try_advisory_xact_lock(2)');
        await orders('CREATE TEMP TABLE scratch ON COMMIT DROP AS SELECT 1 AS one');
      });
    });
  });

  describe('that come again', () => {
    test('are prepared at their third use, per module', async () => {
      const text = 'SELECT customer FROM orders.orders WHERE status = $1';
      await orders(text, ['a']);
      await orders(text, ['b']);
      expect(await prepared()).not.toContain(text);
      await orders(text, ['c']);
      expect(await prepared()).toContain(text);
    });

    test('answer the same columns and types prepared as unprepared', async () => {
      const text = 'SELECT $1::int AS number, $2::text AS word, $3::timestamptz AS instant, $4::bytea AS bytes';
      const instant = new Date('2026-11-20T12:00:00.000Z');
      for (let use = 0; use < 5; use += 1) {
        const { rows, fields, rowCount, command } = await orders(text, [use, 'wörd €', instant, Buffer.from([0, 255])]);
        expect(rows).toEqual([{ number: use, word: 'wörd €', instant, bytes: Buffer.from([0, 255]) }]);
        expect(fields.map(({ name }) => name)).toEqual(['number', 'word', 'instant', 'bytes']);
        expect({ rowCount, command }).toEqual({ rowCount: 1, command: 'SELECT' });
      }
    });

    test('count rows of statements that answer none', async () => {
      const text = "UPDATE orders.orders SET status = 'seen' WHERE customer = $1";
      for (let use = 0; use < 5; use += 1) {
        await expect(orders(text, ['nobody'])).resolves.toMatchObject({ rowCount: 0, command: 'UPDATE', rows: [] });
      }
    });

    test('carry arrays, objects, nulls and long texts', async () => {
      const long = 'ä'.repeat(100_000);
      const { rows } = await orders(
        'SELECT $1::text[] AS list, $2::jsonb AS object, $3::text AS nothing, $4::text AS long',
        [['a', 'b"c'], { a: [1, null] }, undefined, long],
      );
      expect(rows).toEqual([{ list: ['a', 'b"c'], object: { a: [1, null] }, nothing: null, long }]);
    });

    test('survive a value that cannot be sent', async () => {
      const text = 'SELECT $1::text AS value';
      const unsendable = {
        toPostgres() {
          throw new Error('cannot be sent');
        },
      };
      for (let use = 0; use < 5; use += 1) {
        await expect(orders(text, [unsendable])).rejects.toThrow('cannot be sent');
        await expect(orders(text, ['x'])).resolves.toMatchObject({ rows: [{ value: 'x' }] });
      }
    });

    test('are planned anew after a column changed its type, at once outside of a unit of work', async () => {
      await shop.outside.query('CREATE TABLE orders.changing (id integer); INSERT INTO orders.changing VALUES (1)');
      await shop.outside.query('GRANT SELECT ON orders.changing TO PUBLIC');
      const text = 'SELECT * FROM orders.changing WHERE id = $1';
      for (let use = 0; use < 4; use += 1) await orders(text, [1]);
      await shop.outside.query('ALTER TABLE orders.changing ADD COLUMN word text');
      await expect(orders(text, [1])).resolves.toMatchObject({ rows: [{ id: 1, word: null }] });

      await shop.outside.query('ALTER TABLE orders.changing ALTER COLUMN id TYPE bigint');
      await expect(run(() => orders(text, [1]))).rejects.toMatchObject({ code: '0A000' });
      await expect(run(() => orders(text, [1]))).resolves.toMatchObject({ rows: [{ id: '1', word: null }] });
    });
  });

  describe('by indexes', () => {
    const byIndexes = (text: string, values?: unknown[]) => shop.database.of('orders').queryByIndexes(text, values);
    const settings = `SELECT current_setting('plan_cache_mode') AS mode, current_setting('enable_seqscan') AS scan, current_user::text AS role`;

    test('use an index of a table that is taken for empty, and leave nothing of that behind', async () => {
      const before = await orders(settings);
      await expect(byIndexes(settings)).resolves.toMatchObject({
        rows: [{ mode: 'force_generic_plan', scan: 'off', role: `${shop.testDatabase.name}_orders` }],
      });
      await shop.outside.query('CREATE TABLE orders.queue (position integer PRIMARY KEY); ANALYZE orders.queue');
      await shop.outside.query('GRANT SELECT ON orders.queue TO PUBLIC');
      const { rows } = await byIndexes('EXPLAIN SELECT FROM orders.queue WHERE position = 1');
      expect(rows[0]).toEqual({ 'QUERY PLAN': expect.stringMatching(/^Index Only Scan using queue_pkey/) });
      expect((await orders(settings)).rows).toEqual(before.rows);
    });

    test('commit by themselves, also while a unit of work runs', async () => {
      const insert = `INSERT INTO orders.orders (customer) VALUES ('by index')`;
      await caught(
        run(async () => {
          await byIndexes(insert);
          throw new Error('undone');
        }),
      );
      expect(await shop.countOrders('by index')).toBe(1);
    });

    test('are refused like all others', async () => {
      for (const text of ['RESET ROLE', 'COMMIT', 'LISTEN something']) {
        await expect(byIndexes(text)).rejects.toBeInstanceOf(StatementRefused);
      }
    });
  });

  describe('that are the last of their unit of work', () => {
    const mode = `SELECT current_setting('plan_cache_mode') AS mode`;
    const last = (text: string) => shop.database.of('orders').queryLast(text);

    test('are planned once, and are undone with it', async () => {
      await run(async () => {
        expect((await orders(mode)).rows).toEqual([{ mode: 'auto' }]);
        expect((await last(mode)).rows).toEqual([{ mode: 'force_generic_plan' }]);
      });
      expect((await orders(mode)).rows).toEqual([{ mode: 'auto' }]);
      await caught(
        run(async () => {
          await last(`INSERT INTO orders.orders (customer) VALUES ('last')`);
          throw new Error('undone');
        }),
      );
      expect(await shop.countOrders('last')).toBe(0);
    });

    test('may stand alone', async () => {
      await last(`INSERT INTO orders.orders (customer) VALUES ('alone')`);
      expect(await shop.countOrders('alone')).toBe(1);
    });
  });

  test('of another module’s role never share a plan', async () => {
    const text = 'SELECT current_user::text AS role';
    for (let use = 0; use < 5; use += 1) {
      const roles = await run(() =>
        Promise.all([shop.orders.query(text), shop.stock.query(text)]).then((answers) =>
          answers.map(([row]) => row.role),
        ),
      );
      expect(roles).toEqual([`${shop.testDatabase.name}_orders`, `${shop.testDatabase.name}_stock`]);
    }
  });

  test('leave no role behind on the connection', async () => {
    await shop.stock.getRepository(Stock).find();
    await caught(run(() => shop.orders.query('SELECT * FROM stock.stock')));
    await run(() => shop.stock.getRepository(Stock).find());
    const lease = await shop.database.pool.lease();
    const { rows } = await lease.control([], "SELECT current_user::text AS role, current_setting('role') AS setting");
    lease.release();
    expect(rows).toEqual([{ role: `${shop.testDatabase.name}_app`, setting: 'none' }]);
  });

  test('are not run at all when their role cannot be set', async () => {
    const { moduleAccess } = await import('../src/pool/module-access.js');
    const { ModuleDatabase } = await import('../src/module-database.js');
    const stranger = new ModuleDatabase(shop.database.pool, moduleAccess('stranger', 'orders', 'no_such_role'));
    const insert = "INSERT INTO orders.orders (customer) VALUES ('stranger')";
    await expect(stranger.query(insert)).rejects.toMatchObject({ code: '22023' });
    await expect(run(() => stranger.query(insert))).rejects.toMatchObject({ code: '22023' });
    await expect(run(() => orders('SELECT 1'))).resolves.toMatchObject({ rowCount: 1 });
    expect(await shop.countOrders('stranger')).toBe(0);
  });
});
