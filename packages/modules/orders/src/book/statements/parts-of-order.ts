/** The lines of the order `header`, as JSON. Amounts are text, which JSON numbers would round. */
export const LINES_OF_ORDER = `(
  SELECT coalesce(json_agg(json_build_object(
    'productId', line.product_id,
    'name', line.name,
    'quantity', line.quantity,
    'cancelled', line.cancelled,
    'unitPriceMinor', line.unit_price_minor::text
  ) ORDER BY line.line_number), '[]')
  FROM orders.order_line AS line WHERE line.order_id = header.order_id
)`;

/** The cancellations of the order `header`, as JSON. */
export const CANCELLATIONS_OF_ORDER = `(
  SELECT coalesce(json_agg(json_build_object(
    'number', cancellation.number,
    'lines', cancellation.lines,
    'amountMinor', cancellation.amount_minor::text,
    'reason', cancellation.reason,
    'cancelledAt', cancellation.cancelled_at
  ) ORDER BY cancellation.number), '[]')
  FROM orders.cancellation AS cancellation WHERE cancellation.order_id = header.order_id
)`;
