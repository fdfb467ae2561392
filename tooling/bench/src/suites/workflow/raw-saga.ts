import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { priced, totalOf } from '../checkout/cart.js';
import type { Shop, ShopOptions } from '../checkout/shops/shop.js';
import type { Price } from '../checkout/stores/product-store.js';
import { OutOfStock } from '../checkout/stores/stock-store.js';

/** What a saga by hand needs beside the shop's tables: its state, and the keys of what was done. */
export const SAGA_TABLES = `
  CREATE SCHEMA saga;
  CREATE TABLE saga.run (run_id uuid PRIMARY KEY, state text NOT NULL, data jsonb NOT NULL);
  CREATE TABLE saga.done (key text PRIMARY KEY, answer jsonb NOT NULL)`;

const SQL = {
  prices:
    'SELECT product_id AS "productId", price_cents AS "priceCents" FROM catalog.product WHERE product_id = ANY ($1)',
  begin: `INSERT INTO saga.run (run_id, state, data) VALUES ($1, 'stock sent', $2)`,
  save: 'UPDATE saga.run SET state = $2, data = data || $3 WHERE run_id = $1',
  once: 'INSERT INTO saga.done (key, answer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
  take: 'UPDATE inventory.stock SET available = available - $1 WHERE product_id = $2 AND available >= $1',
  order: `INSERT INTO orders.order_header (order_id, customer, total_cents, status)
    VALUES ($1, $2, $3, 'placed') RETURNING created_at`,
  lines: `INSERT INTO orders.order_line (order_id, line_number, product_id, quantity, price_cents)
    VALUES ($1, 1, $2, $3, $4), ($1, 2, $5, $6, $7)`,
  news: `INSERT INTO orders.news (news_id, type, order_id, payload)
    VALUES ($1, 'order.placed.v1', $2, $3) RETURNING created_at`,
  payment: `INSERT INTO payments.payment (payment_id, order_id, amount_cents, status)
    VALUES ($1, $2, $3, 'captured') RETURNING created_at`,
};

type Run = <Row extends object>(
  statement: keyof typeof SQL,
  values: readonly unknown[],
) => Promise<pg.QueryResult<Row>>;

/**
 * A saga by hand in one function, with named statements: state before and after each step, and each step with its key in a
 * transaction of its own. Carts have two lines. It knows the way forward only: no compensation, retry, lease or resumption.
 */
export function openRawSaga({ url, poolSize }: ShopOptions): Shop {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, idleTimeoutMillis: 0 });
  const on =
    (client: pg.Pool | pg.PoolClient): Run =>
    (statement, values) =>
      client.query({ text: SQL[statement], values: [...values], name: statement });
  const inTransaction = async (work: (run: Run) => Promise<void>) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await work(on(client));
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  return {
    name: 'raw pg, saga by hand',
    async place(lines, customer) {
      const runId = randomUUID();
      const prices = await on(pool)<Price>('prices', [lines.map(({ productId }) => productId)]);
      await on(pool)('begin', [runId, { customer, lines, prices: prices.rows }]);
      await inTransaction(async (run) => {
        await run('once', [`${runId}/stock`, {}]);
        for (const { productId, quantity } of lines) {
          const { rowCount } = await run('take', [quantity, productId]);
          if (rowCount !== 1) throw new OutOfStock({ productId });
        }
      });
      const orderId = randomUUID();
      const pricedLines = priced(lines, prices.rows);
      const totalCents = totalOf(pricedLines);
      await inTransaction(async (run) => {
        await run('order', [orderId, customer, totalCents]);
        const columns = pricedLines.flatMap(({ productId, quantity, priceCents }) => [productId, quantity, priceCents]);
        await run('lines', [orderId, ...columns]);
        await run('news', [randomUUID(), orderId, { orderId, totalCents }]);
        await run('save', [runId, 'payment sent', { orderId, totalCents }]);
      });
      const paymentId = randomUUID();
      await inTransaction(async (run) => {
        await run('once', [`${runId}/payment`, { paymentId }]);
        await run('payment', [paymentId, orderId, totalCents]);
      });
      await on(pool)('save', [runId, 'done', { paymentId }]);
      return orderId;
    },
    close: () => pool.end(),
  };
}
