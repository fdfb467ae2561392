import type pg from 'pg';

const FROM_ORDERS = `
  SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, coalesce(country, '') AS country, currency, product_id,
    sum(quantity) AS pieces, sum(quantity * unit_price_minor) AS amount_minor,
    sum(cancelled) AS cancelled_pieces, sum(cancelled * unit_price_minor) AS cancelled_minor
  FROM orders.order_header JOIN orders.order_line USING (order_id) WHERE status <> 'pending' GROUP BY 1, 2, 3, 4`;

const LIVE = `(SELECT generation FROM analytics.projection WHERE name = 'sales' AND state = 'live')`;

const FROM_EVENTS = `
  SELECT day, country, currency, product_id, pieces, amount_minor, cancelled_pieces, cancelled_minor
  FROM analytics.sale WHERE generation = ${LIVE}`;

const STEPS_FROM_ORDERS = `
  SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, coalesce(country, '') AS country, count(*) AS placed,
    count(fulfilled_at) AS fulfilled,
    count(*) FILTER (WHERE status = 'cancelled' AND fulfilled_at IS NULL) AS cancelled,
    count(*) FILTER (WHERE status = 'cancelled' AND fulfilled_at IS NOT NULL) AS returned
  FROM orders.order_header WHERE status <> 'pending' GROUP BY 1, 2`;

const STEPS_FROM_EVENTS = `
  SELECT day, country, placed, fulfilled, cancelled, returned FROM analytics.order_step WHERE generation = ${LIVE}`;

/** Rows in which the read model and the tables of orders differ, with who has them. Looks past the walls. */
export async function salesThatDiffer(administrator: pg.Client | pg.Pool): Promise<unknown[]> {
  const differences = [
    [FROM_ORDERS, FROM_EVENTS],
    [STEPS_FROM_ORDERS, STEPS_FROM_EVENTS],
  ].map(
    ([orders, events]) => `
      SELECT 'orders alone' AS who, to_jsonb(lone) AS row FROM (${orders} EXCEPT ${events}) AS lone
      UNION ALL
      SELECT 'the read model alone', to_jsonb(lone) FROM (${events} EXCEPT ${orders}) AS lone`,
  );
  const { rows } = await administrator.query(differences.join(' UNION ALL '));
  return rows;
}

const OWED_BY_ORDERS = `SELECT FROM orders.delivery WHERE state = 'open' AND consumer LIKE 'analytics.%'`;

/** Where events travel, the read model hears from what has arrived. */
const OWED_BY_WHAT_ARRIVED = `
  SELECT FROM analytics.received_delivery WHERE state = 'open'
  UNION ALL
  SELECT FROM analytics.received_consumer AS wanted JOIN orders.outbox AS said ON said.type LIKE wanted.event || '.v%'
    WHERE NOT EXISTS (SELECT FROM analytics.received AS here WHERE here.id = said.id)`;

/** Events of orders that the read model has still to record, of whichever generation. */
export async function unrecorded(administrator: pg.Client | pg.Pool): Promise<number> {
  const { rows: places } = await administrator.query<{ travel: boolean }>(
    `SELECT to_regclass('analytics.received') IS NOT NULL AS travel`,
  );
  const owed = places[0]!.travel ? OWED_BY_WHAT_ARRIVED : OWED_BY_ORDERS;
  const { rows } = await administrator.query<{ open: number }>(
    `SELECT count(*)::integer AS open FROM (${owed}) AS owed`,
  );
  return rows[0]!.open;
}
