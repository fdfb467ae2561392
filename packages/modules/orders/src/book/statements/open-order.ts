import type { PlaceOrder } from '../../index.js';
import type { PricedOrder } from '../../pricing.js';

/**
 * Writes an order and all its lines, or answers no row when the reference is taken: $1 order id, $2 reference,
 * $3 customer, $4 account, $5 e-mail, $6 currency, $7 total, $8 placed at; then one array per column of the lines, so that
 * the statement's text, and with it its plan, is the same for every number of lines. $13 is how it is fulfilled, $14 the
 * card's token, $15 the country.
 */
export const OPEN_ORDER = `
  WITH opened AS (
    INSERT INTO orders.order_header
      (order_id, reference, customer_id, account_id, email, currency, total_minor, placed_at, fulfilment, card_token, country)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $13, $14, $15)
    ON CONFLICT (reference) DO NOTHING
    RETURNING order_id
  ), line AS (
    INSERT INTO orders.order_line (order_id, line_number, product_id, name, quantity, unit_price_minor)
    SELECT opened.order_id, line.line_number, line.product_id, line.name, line.quantity, line.unit_price_minor
    FROM opened, unnest($9::text[], $10::text[], $11::integer[], $12::bigint[])
      WITH ORDINALITY AS line (product_id, name, quantity, unit_price_minor, line_number)
  )
  SELECT order_id FROM opened`;

export function openOrderValues(
  orderId: string,
  { reference, customerId, accountId, card, email, fulfilment, country }: PlaceOrder,
  { currency, totalMinor, lines }: PricedOrder,
  placedAt: Date,
): unknown[] {
  return [
    orderId,
    reference ?? null,
    customerId,
    accountId ?? null,
    email ?? null,
    currency,
    totalMinor,
    placedAt,
    lines.map((line) => line.productId),
    lines.map((line) => line.name),
    lines.map((line) => line.quantity),
    lines.map((line) => line.unitPriceMinor),
    fulfilment ?? 'manual',
    card?.token ?? null,
    country ?? null,
  ];
}
