const LIVE = `(SELECT generation FROM analytics.projection WHERE name = 'sales' AND state = 'live')`;

const FROM_ORDERS = `
  SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, coalesce(country, '') AS country, product_id,
    sum(quantity) AS pieces, sum(quantity * unit_price_minor) AS amount_minor,
    sum(cancelled) AS cancelled_pieces, sum(cancelled * unit_price_minor) AS cancelled_minor
  FROM orders.order_header JOIN orders.order_line USING (order_id) GROUP BY 1, 2, 3`;

const FROM_EVENTS = `
  SELECT day, country, product_id, pieces, amount_minor, cancelled_pieces, cancelled_minor
  FROM analytics.sale WHERE generation = ${LIVE}`;

/** Sales that the read model and the orders do not have alike. */
export const SALES_THAT_DIFFER = `
  (${FROM_ORDERS} EXCEPT ${FROM_EVENTS}) UNION ALL (${FROM_EVENTS} EXCEPT ${FROM_ORDERS})`;

/** What the read model has in all. Pence, and orders. */
export const READ_MODEL_SUMS = `
  SELECT (SELECT sum(amount_minor)::text FROM analytics.sale WHERE generation = ${LIVE}) AS placed,
    (SELECT sum(cancelled_minor)::text FROM analytics.sale WHERE generation = ${LIVE}) AS cancelled,
    (SELECT sum(placed)::integer FROM analytics.order_step WHERE generation = ${LIVE}) AS orders,
    (SELECT count(*)::integer FROM orders.order_header) AS orders_in_shop`;

/** Pence that each country of the file ordered for, by the lines that were not rejected. */
export const COUNTRIES_IN_FILE = `
  SELECT file_line.country, sum(pieces * pence)::text AS pence
  FROM retail JOIN file_line USING (line) WHERE NOT rejected AND NOT cancels GROUP BY 1 ORDER BY 1`;

/** The same by the read model, in whose events the country is that of the order. */
export const COUNTRIES_IN_READ_MODEL = `
  SELECT country, sum(amount_minor)::text AS pence FROM analytics.sale WHERE generation = ${LIVE} GROUP BY 1 ORDER BY 1`;
