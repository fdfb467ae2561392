import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { PRODUCTS } from './cart.js';
import { openMacrolithShop } from './shops/macrolith-shop.js';

const PAST_ORDERS = 20_000;
const SCHEMAS = ['catalog', 'inventory', 'payments', 'orders'];
/** All that a checkout writes to. */
const WRITTEN_TABLES = [
  'inventory.stock',
  'payments.payment',
  'orders.order_header',
  'orders.order_line',
  'orders.news',
];

/**
 * Orders of the past are there too: connections keep the plans that they make first, and those that are made for empty
 * tables read all of a table that has grown since.
 */
const STOCK_THE_SHOP = `
  INSERT INTO catalog.product SELECT id, 'product ' || id, 100 + id FROM generate_series(1, ${PRODUCTS}) id;
  INSERT INTO inventory.stock SELECT id, 1000000 FROM generate_series(1, ${PRODUCTS}) id;
  INSERT INTO orders.order_header
    SELECT gen_random_uuid(), 'caller', 100, 'placed' FROM generate_series(1, ${PAST_ORDERS});
  INSERT INTO orders.order_line
    SELECT order_id, line_number, line_number, 1, 100 FROM orders.order_header, generate_series(1, 2) line_number;
  INSERT INTO orders.news SELECT gen_random_uuid(), 'order.placed.v1', order_id, '{}' FROM orders.order_header;
  INSERT INTO payments.payment SELECT gen_random_uuid(), order_id, 100, 'captured' FROM orders.order_header`;

/** The tables that all shops share, and the view on them from outside. */
export class Premises {
  private constructor(
    /** The superuser's URL. */
    readonly url: string,
    /** URL of the one role without walls that the peers log in as: it may use all four schemas. */
    readonly clerkUrl: string,
    private readonly outside: pg.Pool,
  ) {}

  /** Makes tables in the empty database at `url`, and fills them. */
  static async open(url: string): Promise<Premises> {
    const shop = await openMacrolithShop({ url, poolSize: 2 }, 'workflow');
    await shop.close();
    const outside = new pg.Pool({ connectionString: url, max: 1 });
    const clerkUrl = await hireClerk(outside, new URL(url));
    await outside.query(STOCK_THE_SHOP);
    await outside.query('ANALYZE');
    // It would come while one contender is measured, and clean up after all of them.
    for (const table of WRITTEN_TABLES) await outside.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    return new Premises(url, clerkUrl, outside);
  }

  /** Forgets all orders, and fills the shelves again. */
  async restock(): Promise<void> {
    await this.outside.query('TRUNCATE payments.payment, orders.order_header, orders.order_line, orders.news');
    await this.outside.query('UPDATE inventory.stock SET available = 1000000');
  }

  /** What the orders left behind, without what differs from run to run: ids and times. */
  async contents(): Promise<Readonly<Record<string, readonly object[]>>> {
    const read = async (text: string) => (await this.outside.query<object>(text)).rows;
    return {
      orders: await read('SELECT customer, total_cents, status FROM orders.order_header ORDER BY customer'),
      lines: await read(`SELECT customer, line_number, product_id, quantity, price_cents
        FROM orders.order_line JOIN orders.order_header USING (order_id) ORDER BY customer, line_number`),
      news: await read(`SELECT customer, type, payload ->> 'totalCents' AS total_cents,
        payload ->> 'orderId' = order_id::text AS names_its_order
        FROM orders.news JOIN orders.order_header USING (order_id) ORDER BY customer`),
      payments: await read(`SELECT customer, amount_cents, payment.status
        FROM payments.payment JOIN orders.order_header USING (order_id) ORDER BY customer`),
      taken: await read(
        'SELECT product_id, 1000000 - available AS taken FROM inventory.stock WHERE available <> 1000000 ORDER BY product_id',
      ),
    };
  }

  async close(): Promise<void> {
    await this.outside.end();
  }
}

/** The role's name begins with the database's, so that it goes when the database goes. */
async function hireClerk(outside: pg.Pool, url: URL): Promise<string> {
  const role = `${url.pathname.slice(1)}_clerk`;
  const password = randomBytes(12).toString('hex');
  await outside.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  await outside.query(`GRANT CONNECT ON DATABASE ${url.pathname.slice(1)} TO ${role}`);
  for (const schema of SCHEMAS) {
    await outside.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await outside.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
  }
  const clerkUrl = new URL(url);
  clerkUrl.username = role;
  clerkUrl.password = password;
  return clerkUrl.href;
}
