import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CommitOutcomeUnknown, ConnectionLost, detach, NoConnectionAvailable } from '../src/index.js';
import { ModuleDatabase } from '../src/module-database.js';
import { moduleAccess } from '../src/pool/module-access.js';
import { SharedPool } from '../src/pool/shared-pool.js';
import { parseDatabaseUrl } from '../src/provision/database-url.js';
import { loginPassword } from '../src/provision/login-password.js';
import { loginRole } from '../src/provision/role-names.js';
import { PooledUnitOfWork } from '../src/transaction/pooled-unit-of-work.js';
import { startTurnCountingProxy, type TurnCountingProxy } from './network/turn-counting-proxy.js';
import { openShop, type Shop } from './shop/shop.js';
import { Order } from './shop/tables.js';

describe('A connection', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop({ poolSize: 2 });
  });
  afterEach(() => shop.close());

  const run = <T>(work: () => Promise<T>) => shop.unitOfWork.run(work);
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const place = (customer: string) => shop.orders.getRepository(Order).insert({ customer });
  const ownPid = async () => (await shop.orders.query('SELECT pg_backend_pid() AS pid'))[0].pid as number;

  test('that is killed takes its unit of work with it, and the next one gets another', async () => {
    const error = await caught(
      run(async () => {
        await place('ada');
        await shop.terminate(await ownPid());
        await place('ada');
      }),
    );
    expect((error as { driverError: unknown }).driverError).toBeInstanceOf(ConnectionLost);
    expect(await shop.countOrders('ada')).toBe(0);
    await run(() => place('ada'));
    expect(await shop.countOrders('ada')).toBe(1);
  });

  test('that is killed while idle is replaced', async () => {
    await Promise.all([place('ada'), place('ada')]);
    await shop.terminate(await ownPid());
    await shop.terminate(await ownPid());
    await expect(Promise.all([place('ada'), place('ada')])).resolves.toHaveLength(2);
  });

  test('that is killed before COMMIT is sent leaves nothing, and says so', async () => {
    const error = await caught(
      run(async () => {
        await place('ada');
        await shop.terminate(await ownPid());
      }),
    );
    expect(error).toBeInstanceOf(ConnectionLost);
    expect(await shop.countOrders('ada')).toBe(0);
  });

  test('that is lost during COMMIT leaves the outcome unknown, and says so', async () => {
    let proxy: TurnCountingProxy | undefined;
    const far = await openShop({
      through: async (url) => {
        proxy = await startTurnCountingProxy(url);
        return proxy.url;
      },
    });
    // A constraint that is checked at COMMIT, and takes its time.
    await far.outside.query(`
      CREATE FUNCTION orders.dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON orders.orders DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION orders.dawdle()`);
    const unit = caught(far.unitOfWork.run(() => far.orders.getRepository(Order).insert({ customer: 'ada' })));
    const isCommitting = async () => {
      const { rowCount } = await far.outside.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'`,
      );
      return rowCount === 1;
    };
    while (!(await isCommitting())) await new Promise((resolve) => setTimeout(resolve, 10));
    proxy!.cut();
    expect(await unit).toBeInstanceOf(CommitOutcomeUnknown);
    await far.close();
    await proxy!.close();
  });

  test('is handed back after every kind of end', async () => {
    for (let round = 0; round < 5; round += 1) {
      await run(() => place('ada'));
      await caught(run(() => Promise.all([place('ada'), shop.orders.query('SELECT * FROM stock.stock')])));
      await caught(shop.orders.query('SELECT * FROM stock.stock'));
      await run(async () => {
        await caught(run(() => shop.orders.query('SELECT 1/0')));
      });
    }
    const leases = await Promise.all([shop.database.pool.lease(), shop.database.pool.lease()]);
    for (const lease of leases) lease.release();
  });

  test('that never becomes free is waited for only so long', async () => {
    const { name } = shop.testDatabase;
    const url = parseDatabaseUrl(shop.testDatabase.url);
    const pool = new SharedPool({
      connection: url.connection(loginRole(name), loginPassword(url.password, name)),
      location: url.location,
      size: 1,
      statementTimeoutMs: 1_000,
      lockTimeoutMs: 1_000,
      connectionWaitMs: 1_000,
    });
    const orders = new ModuleDatabase(pool, moduleAccess('orders', 'orders', `${name}_orders`));
    // The detached statement needs a second connection while the unit of work holds the only one.
    const unit = new PooledUnitOfWork(pool).run(async () => {
      await orders.query('SELECT 1');
      await detach(() => orders.query('SELECT 1'));
    });
    await expect(unit).rejects.toBeInstanceOf(NoConnectionAvailable);
    await expect(orders.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 });
    await pool.close();
  });
});
