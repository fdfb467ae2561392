/** What became of a wish to reserve: `short_*` tell the first line that could not be had. */
export interface ReserveRow {
  /** The new reservation; null when nothing was reserved. */
  reservation_id: string | null;
  /** The reservation that the order had before. */
  earlier_reservation_id: string | null;
  short_product_id: string | null;
  short_requested: number | null;
  short_available: number | null;
  /** The products of which the last available piece was taken. */
  depleted: string[];
}

/**
 * Reserves all lines or nothing: $1 order id, $2 product ids (each once, in line order), $3 quantities.
 *
 * `locked` takes the row locks in the order of product ids, so that two orders can wait for one another but never in a
 * circle, and reads the levels as they are once the lock is held. `short` needs all of `locked`, `reservation` needs
 * `short`, and everything that is written needs `reservation`: where a line is short, or the order was reserved before,
 * nothing is. What is left is counted from `locked`, since PostgreSQL checks a row's constraints on what it finds in the
 * statement's snapshot before it finds out that the row has changed: pieces that were released meanwhile would be missing.
 */
export const RESERVE = `
  WITH wanted AS (
    SELECT * FROM unnest($2::text[], $3::integer[]) WITH ORDINALITY AS wanted (product_id, quantity, line)
  ), locked AS (
    SELECT product_id, available FROM inventory.stock
    WHERE product_id = ANY ($2::text[]) ORDER BY product_id FOR NO KEY UPDATE
  ), short AS (
    SELECT wanted.product_id, wanted.quantity AS requested, coalesce(locked.available, 0) AS available
    FROM wanted LEFT JOIN locked ON locked.product_id = wanted.product_id
    WHERE coalesce(locked.available, 0) < wanted.quantity
    ORDER BY wanted.line LIMIT 1
  ), reservation AS (
    INSERT INTO inventory.reservation (order_id) SELECT $1 WHERE NOT EXISTS (SELECT FROM short)
    ON CONFLICT (order_id) DO NOTHING
    RETURNING reservation_id
  ), line AS (
    INSERT INTO inventory.reservation_line (reservation_id, product_id, quantity, held)
    SELECT reservation_id, product_id, quantity, quantity FROM reservation, wanted
  ), entry AS (
    INSERT INTO inventory.movement (kind, product_id, quantity, reference)
    SELECT 'reserved', product_id, quantity, reservation_id FROM reservation, wanted ORDER BY line
  ), taken AS (
    UPDATE inventory.stock AS stock
    SET available = locked.available - wanted.quantity, reserved = stock.reserved + wanted.quantity
    FROM wanted JOIN locked ON locked.product_id = wanted.product_id
    WHERE stock.product_id = wanted.product_id AND EXISTS (SELECT FROM reservation)
    RETURNING stock.product_id, stock.available
  )
  SELECT
    (SELECT reservation_id FROM reservation) AS reservation_id,
    (SELECT reservation_id FROM inventory.reservation WHERE order_id = $1) AS earlier_reservation_id,
    short.product_id AS short_product_id,
    short.requested AS short_requested,
    short.available::float8 AS short_available,
    ARRAY (SELECT product_id FROM taken WHERE available = 0 ORDER BY product_id) AS depleted
  FROM (SELECT) AS once LEFT JOIN short ON true`;
