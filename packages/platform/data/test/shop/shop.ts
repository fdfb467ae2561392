import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { Database, type DatabaseOptions, type ModuleDataSource } from '../../src/index.js';
import { stepOfClass } from '../../src/migration/migration-step.js';
import { PooledUnitOfWork } from '../../src/transaction/pooled-unit-of-work.js';
import { CreateOrders, CreateStock, Order, Stock } from './tables.js';

/** Two modules over one database, without Nest: the smallest thing in which walls and transactions can be seen. */
export interface Shop {
  readonly database: Database;
  readonly unitOfWork: PooledUnitOfWork;
  readonly orders: ModuleDataSource;
  readonly stock: ModuleDataSource;
  /** The superuser's view, outside of everything. */
  readonly outside: pg.Pool;
  readonly testDatabase: TestDatabase;
  /** How many orders others can see. */
  countOrders(customer: string): Promise<number>;
  /** Ends a session of PostgreSQL from outside. Resolves when it is gone, and its client can have heard of it. */
  terminate(pid: number): Promise<void>;
  close(): Promise<void>;
}

export const SHOP_MODULES = [
  { module: 'stock', schema: 'stock', steps: [stepOfClass('stock', CreateStock)] },
  { module: 'orders', schema: 'orders', steps: [stepOfClass('orders', CreateOrders)] },
];

export interface ShopOptions extends Partial<DatabaseOptions> {
  /** What stands between the shop and the database. */
  readonly through?: (databaseUrl: string) => Promise<string>;
}

export async function openShop({ through, ...options }: ShopOptions = {}): Promise<Shop> {
  const testDatabase = await createTestDatabase();
  const url = (await through?.(testDatabase.url)) ?? testDatabase.url;
  const database = await Database.open({ url, ...options }, SHOP_MODULES);
  const outside = new pg.Pool({ connectionString: testDatabase.url, max: 2 });
  outside.on('error', () => {});
  return {
    database,
    unitOfWork: new PooledUnitOfWork(database.pool),
    orders: await database.dataSource('orders', [Order]),
    stock: await database.dataSource('stock', [Stock]),
    outside,
    testDatabase,
    async countOrders(customer) {
      const { rows } = await outside.query('SELECT count(*)::int AS n FROM orders.orders WHERE customer = $1', [
        customer,
      ]);
      return rows[0].n;
    },
    async terminate(pid) {
      await outside.query('SELECT pg_terminate_backend($1)', [pid]);
      const isThere = async () => (await outside.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount;
      while ((await isThere()) !== 0) await pause(10);
      // What this process is told first, it reads first: the word from outside comes after that from the session.
      await pause(20);
      await outside.query('SELECT');
    },
    async close() {
      await database.close();
      await outside.end();
      await testDatabase.drop();
    },
  };
}
