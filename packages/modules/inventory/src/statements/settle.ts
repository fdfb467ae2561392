/**
 * Ends the holding of some pieces of a reservation: $1 reservation id, $2 kind of movement (`released`: available again;
 * `committed`: left the house), $3 product ids, $4 quantities, $5 the reservation's status from now on.
 * The caller holds the reservation's lock. Levels are locked in the order of product ids, as in RESERVE.
 */
export const SETTLE = `
  WITH ended AS (
    SELECT * FROM unnest($3::text[], $4::integer[]) AS ended (product_id, quantity)
  ), locked AS (
    SELECT product_id FROM inventory.stock WHERE product_id = ANY ($3::text[]) ORDER BY product_id FOR NO KEY UPDATE
  ), level AS (
    UPDATE inventory.stock AS stock
    SET available = stock.available + CASE $2 WHEN 'released' THEN ended.quantity ELSE 0 END,
        reserved = stock.reserved - ended.quantity
    FROM ended JOIN locked ON locked.product_id = ended.product_id
    WHERE stock.product_id = ended.product_id
  ), line AS (
    UPDATE inventory.reservation_line AS line SET held = line.held - ended.quantity
    FROM ended WHERE line.reservation_id = $1 AND line.product_id = ended.product_id
  ), reservation AS (
    UPDATE inventory.reservation SET status = $5 WHERE reservation_id = $1
  )
  INSERT INTO inventory.movement (kind, product_id, quantity, reference)
  SELECT $2, product_id, quantity, $1 FROM ended`;
