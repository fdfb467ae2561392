/** Cancels pieces of an order's lines: $1 order id, $2 product ids, $3 pieces, which are less than zero to take it back. */
export const STRIKE_LINES = `
  UPDATE orders.order_line AS line SET cancelled = line.cancelled + struck.pieces
  FROM unnest($2::text[], $3::integer[]) AS struck (product_id, pieces)
  WHERE line.order_id = $1 AND line.product_id = struck.product_id`;
