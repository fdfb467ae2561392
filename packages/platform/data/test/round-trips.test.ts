import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTurnCountingProxy, type TurnCountingProxy } from './network/turn-counting-proxy.js';
import { openShop, type Shop } from './shop/shop.js';
import { Order, Stock } from './shop/tables.js';

const TAKE = 'UPDATE stock.stock SET available = available - 1 WHERE product_id = $1';
const PLACE = 'INSERT INTO orders.orders (customer) VALUES ($1)';

/** Counted on the network, by a proxy, and compared with the same statements hand-written on one plain connection. */
describe('Roles and savepoints', () => {
  let proxy: TurnCountingProxy;
  let shop: Shop;
  let plain: pg.Client;

  beforeAll(async () => {
    shop = await openShop({
      poolSize: 1,
      through: async (url) => {
        proxy = await startTurnCountingProxy(url);
        return proxy.url;
      },
    });
    plain = new pg.Client({ connectionString: proxy.url });
    await plain.connect();
  });
  afterAll(async () => {
    await plain.end();
    await shop.close();
    await proxy.close();
  });

  const turnsOf = async (work: () => Promise<unknown>) => {
    const before = proxy.turns;
    await work();
    return proxy.turns - before;
  };
  const stock = (product: string) => shop.database.of('stock').query(TAKE, [product]);
  const order = (customer: string) => shop.database.of('orders').query(PLACE, [customer]);
  const { run } = { run: <T>(work: () => Promise<T>) => shop.unitOfWork.run(work) };

  test('add no round trip to a transaction across two modules', async () => {
    const handWritten = await turnsOf(async () => {
      await plain.query('BEGIN');
      await plain.query(TAKE, ['teapot']);
      await plain.query(PLACE, ['ada']);
      await plain.query(TAKE, ['kettle']);
      await plain.query('COMMIT');
    });
    const layered = await turnsOf(() =>
      run(async () => {
        await run(() => stock('teapot'));
        await order('ada');
        await run(() => run(() => stock('kettle')));
      }),
    );
    // BEGIN, too, rides in front of a statement.
    expect(handWritten).toBe(5);
    expect(layered).toBe(4);
  });

  test('add none to a statement outside of a unit of work', async () => {
    expect(await turnsOf(() => order('ada'))).toBe(1);
  });

  test('add none when a command is undone', async () => {
    const turns = await turnsOf(() =>
      run(async () => {
        await order('ada');
        await run(async () => {
          await stock('teapot');
          throw new Error('no');
        }).catch(() => {});
        await order('ada');
      }),
    );
    expect(turns).toBe(4);
  });

  test('let statements of different modules travel together', async () => {
    const turns = await turnsOf(() =>
      run(async () => {
        await Promise.all([stock('teapot'), order('ada'), stock('kettle'), order('grace')]);
      }),
    );
    expect(turns).toBe(2);
  });

  test('add none to TypeORM’s own statements', async () => {
    const turns = await turnsOf(() =>
      run(async () => {
        await shop.stock.getRepository(Stock).findOneBy({ productId: 'teapot' });
        await run(() => shop.orders.getRepository(Order).insert({ customer: 'ada' }));
      }),
    );
    expect(turns).toBe(3);
  });

  test('are counted alike by the statistics', async () => {
    const before = shop.database.statistics;
    const turns = await turnsOf(() =>
      run(async () => {
        await stock('teapot');
        await run(() => order('ada'));
      }),
    );
    const after = shop.database.statistics;
    expect(after.roundTrips - before.roundTrips).toBe(turns);
    expect(after.statements - before.statements).toBe(2);
    // BEGIN, two roles, SAVEPOINT, COMMIT.
    expect(after.controlStatements - before.controlStatements).toBe(5);
  });

  test('let collected items travel with COMMIT', async () => {
    const collector = {
      sendsAtOnce: true,
      flush: async (customers: readonly string[]) => void (await order(customers.join(' and '))),
    } as const;
    const turns = await turnsOf(() =>
      run(async () => {
        await stock('teapot');
        const { transaction } = (await import('@macrolith/core')).currentContext();
        transaction!.collect(collector, 'ada');
        transaction!.collect(collector, 'grace');
      }),
    );
    expect(turns).toBe(2);
    expect(await shop.countOrders('ada and grace')).toBe(1);
  });
});
