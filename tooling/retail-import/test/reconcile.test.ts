import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MADE_UP } from './file/retail-files.js';
import { Importer } from './shop/importer.js';
import { ShopProcess } from './shop/shop-process.js';

const RECONCILE = readFileSync(new URL('../sql/reconcile.sql', import.meta.url), 'utf8');

let shop: ShopProcess;

beforeAll(async () => {
  shop = await ShopProcess.start();
  using importer = new Importer();
  await importer.import(MADE_UP.bring(importer.folder), shop.url);
  const { rows } = await shop.administrator.query(
    "SELECT order_id FROM orders.order_header WHERE status = 'placed' AND cancelled_minor = 0 ORDER BY order_id LIMIT 1",
  );
  const fulfilled = await fetch(`${shop.url}/api/orders/orders/${rows[0].order_id}/fulfil`, { method: 'POST' });
  expect(fulfilled.ok).toBe(true);
});

afterAll(() => shop[Symbol.asyncDispose]());

/** What the checks find wrong while the change is made; it is taken back then. */
async function wrongAfter(change: string): Promise<string[]> {
  const { administrator } = shop;
  await administrator.query('BEGIN');
  try {
    // Constraints, keys and the guards of the ledgers hold off most of these; here they stand aside.
    await administrator.query('SET LOCAL session_replication_role = replica');
    const { rowCount } = await administrator.query(change);
    expect(rowCount).toBeGreaterThan(0);
    const { rows } = await administrator.query<{ what: string; wrong: number }>(RECONCILE);
    return rows.filter(({ wrong }) => wrong > 0).map(({ what }) => what);
  } finally {
    await administrator.query('ROLLBACK');
  }
}

test('a shop in which orders were placed, cancelled and fulfilled reconciles', async () => {
  const { rows } = await shop.administrator.query(RECONCILE);
  expect(rows.filter(({ wrong }) => wrong !== 0)).toEqual([]);
});

const ONE_ORDER = `(SELECT order_id FROM orders.order_header WHERE status = 'placed' ORDER BY order_id LIMIT 1)`;
const ONE_PAYMENT = `(SELECT payment_id FROM orders.order_header WHERE order_id = ${ONE_ORDER})`;
const ONE_RESERVATION = `(SELECT reservation_id FROM orders.order_header WHERE order_id = ${ONE_ORDER})`;
const ONE_LINE = `(SELECT ctid FROM inventory.reservation_line WHERE reservation_id = ${ONE_RESERVATION} LIMIT 1)`;

test.each([
  ['a line is gone', `DELETE FROM orders.order_line WHERE order_id = ${ONE_ORDER}`, 'every order has lines'],
  [
    'a penny more',
    `UPDATE orders.order_header SET total_minor = total_minor + 1 WHERE order_id = ${ONE_ORDER}`,
    'its total is their sum',
  ],
  [
    'a piece is struck',
    `UPDATE orders.order_line SET cancelled = 1 WHERE order_id = ${ONE_ORDER} AND line_number = 1`,
    'sum of its cancelled lines',
  ],
  ['a cancellation is gone', 'DELETE FROM orders.cancellation', 'add up to what it took back'],
  ['other pieces are noted', `UPDATE orders.cancellation SET lines = '[]'`, 'the pieces that its line lost'],
  [
    'an order hangs',
    `UPDATE orders.order_header SET status = 'pending' WHERE order_id = ${ONE_ORDER}`,
    'no order is half placed',
  ],
  [
    'a payment is gone',
    `DELETE FROM payments.payment WHERE payment_id = ${ONE_PAYMENT}`,
    'every order has its payment',
  ],
  [
    'another account paid',
    `UPDATE payments.payment SET account_id = 'other' WHERE payment_id = ${ONE_PAYMENT}`,
    'every order has its payment',
  ],
  [
    'an order was paid twice',
    `INSERT INTO payments.payment (payment_id, order_id, account_id, currency, authorised_minor)
     SELECT gen_random_uuid(), order_id, account_id, currency, authorised_minor FROM payments.payment WHERE payment_id = ${ONE_PAYMENT}`,
    'which has no other',
  ],
  [
    'too much is let go',
    `UPDATE payments.payment SET voided_minor = voided_minor + 1 WHERE payment_id = ${ONE_PAYMENT}`,
    'let go or given back',
  ],
  [
    'money is taken too early',
    `UPDATE payments.payment SET status = 'captured' WHERE payment_id = ${ONE_PAYMENT}`,
    'taken for what is fulfilled',
  ],
  [
    'too little is held',
    'UPDATE payments.account SET held_minor = held_minor - 1 WHERE held_minor > 0',
    'open payments claim',
  ],
  ['a balance is off', 'UPDATE payments.account SET balance_minor = balance_minor + 1', 'sum of its entries'],
  ['money was taken unbooked', `DELETE FROM payments.entry WHERE kind = 'capture'`, 'booked on its account'],
  [
    'a reservation is gone',
    `DELETE FROM inventory.reservation WHERE reservation_id = ${ONE_RESERVATION}`,
    'every reservation its order',
  ],
  ['an order is gone', `DELETE FROM orders.order_header WHERE order_id = ${ONE_ORDER}`, 'every reservation its order'],
  [
    'a piece is not kept',
    `UPDATE inventory.reservation_line SET held = held - 1 WHERE ctid = ${ONE_LINE}`,
    'what is held is what is still to go out',
  ],
  [
    'a level forgets reservations',
    'UPDATE inventory.stock SET reserved = 0 WHERE reserved > 0',
    'what its reservations hold',
  ],
  ['an article has no level', 'DELETE FROM inventory.stock', 'what its reservations hold'],
  ['a piece appeared', 'UPDATE inventory.stock SET available = available + 1', 'sum of its movements'],
])('%s: that is found', async (_, change, check) => {
  expect(await wrongAfter(change)).toContainEqual(expect.stringContaining(check));
});
