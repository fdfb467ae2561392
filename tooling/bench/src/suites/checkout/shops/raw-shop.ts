import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type PricedLine, priced, totalOf } from '../cart.js';
import type { Price } from '../stores/product-store.js';
import { OutOfStock } from '../stores/stock-store.js';
import type { Shop, ShopOptions } from './shop.js';

const SQL = {
  prices:
    'SELECT product_id AS "productId", price_cents AS "priceCents" FROM catalog.product WHERE product_id = ANY ($1)',
  take: 'UPDATE inventory.stock SET available = available - $1 WHERE product_id = $2 AND available >= $1',
  order: `INSERT INTO orders.order_header (order_id, customer, total_cents, status)
    VALUES ($1, $2, $3, 'placed') RETURNING created_at`,
  lines: `INSERT INTO orders.order_line (order_id, line_number, product_id, quantity, price_cents)
    VALUES ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10)`,
  news: `INSERT INTO orders.news (news_id, type, order_id, payload)
    VALUES ($1, 'order.placed.v1', $2, $3) RETURNING created_at`,
  payment: `INSERT INTO payments.payment (payment_id, order_id, amount_cents, status)
    VALUES ($1, $2, $3, 'captured') RETURNING created_at`,
};

/** The same SQL by hand in one function, one statement after the other. Carts have two lines. */
export function openRawShop({ url, poolSize }: ShopOptions, statements: 'unnamed' | 'named'): Shop {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, idleTimeoutMillis: 0 });
  const named = statements === 'named';
  return {
    name: `raw pg, ${statements}`,
    async place(lines, customer) {
      const client = await pool.connect();
      const run = <Row extends object>(statement: keyof typeof SQL, values: readonly unknown[]) =>
        client.query<Row>({ text: SQL[statement], values: [...values], ...(named ? { name: statement } : {}) });
      try {
        await client.query('BEGIN');
        const prices = await run<Price>('prices', [lines.map(({ productId }) => productId)]);
        for (const { productId, quantity } of lines) {
          const { rowCount } = await run('take', [quantity, productId]);
          if (rowCount !== 1) throw new OutOfStock({ productId });
        }
        const orderId = randomUUID();
        const pricedLines = priced(lines, prices.rows);
        const totalCents = totalOf(pricedLines);
        await run('order', [orderId, customer, totalCents]);
        await run('lines', lineValues(orderId, pricedLines));
        await run('news', [randomUUID(), orderId, { orderId, totalCents }]);
        await run('payment', [randomUUID(), orderId, totalCents]);
        await client.query('COMMIT');
        return orderId;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function lineValues(orderId: string, lines: readonly PricedLine[]): unknown[] {
  return lines.flatMap(({ productId, quantity, priceCents }, index) => [
    orderId,
    index + 1,
    productId,
    quantity,
    priceCents,
  ]);
}
