/** The generation that answers. Read in the statement that reads its rows, so that a switch is never seen half done. */
export const LIVE = `(SELECT generation FROM analytics.projection WHERE name = 'sales' AND state = 'live')`;

const SUMS = `
  sum(pieces - cancelled_pieces)::text AS pieces, sum(amount_minor - cancelled_minor)::text AS amount_minor,
  sum(cancelled_pieces)::text AS cancelled_pieces, sum(cancelled_minor)::text AS cancelled_minor`;

/** A condition whose parameter is null does not hold anything back. */
const IN_PERIOD = `generation = ${LIVE}
  AND ($1::date IS NULL OR day >= $1::date) AND ($2::date IS NULL OR day <= $2::date)`;

/** What every row of an answer has. Sums are text, which numbers would round. */
export interface SumsRow {
  readonly currency: string;
  readonly pieces: string;
  readonly amount_minor: string;
  readonly cancelled_pieces: string;
  readonly cancelled_minor: string;
}

/** $1 from, $2 to, $3 country, $4 product id, $5 currency, $6 how many. The newest come first. */
export const SALES_BY_DAY = `
  SELECT to_char(day, 'YYYY-MM-DD') AS day, currency, ${SUMS} FROM analytics.sale
  WHERE ${IN_PERIOD} AND ($3::text IS NULL OR country = $3) AND ($4::text IS NULL OR product_id = $4)
    AND ($5::text IS NULL OR currency = $5)
  GROUP BY day, currency ORDER BY analytics.sale.day DESC, currency DESC LIMIT $6`;

/** $1 from, $2 to, $3 country, $4 currency, $5 how many. */
export const SALES_BY_PRODUCT = `
  SELECT product_id, currency, ${SUMS}, (array_agg(name ORDER BY named_at DESC NULLS LAST, name DESC))[1] AS name
  FROM analytics.sale
  WHERE ${IN_PERIOD} AND ($3::text IS NULL OR country = $3) AND ($4::text IS NULL OR currency = $4)
  GROUP BY product_id, currency ORDER BY sum(amount_minor - cancelled_minor) DESC, product_id, currency LIMIT $5`;

/** $1 from, $2 to, $3 currency, $4 how many. */
export const SALES_BY_COUNTRY = `
  SELECT country, currency, ${SUMS} FROM analytics.sale
  WHERE ${IN_PERIOD} AND ($3::text IS NULL OR currency = $3)
  GROUP BY country, currency ORDER BY sum(amount_minor - cancelled_minor) DESC, country, currency LIMIT $4`;

export interface FunnelRow {
  readonly placed: string;
  readonly fulfilled: string;
  readonly cancelled: string;
  readonly returned: string;
}

/** $1 from, $2 to, $3 country. */
export const FUNNEL = `
  SELECT coalesce(sum(placed), 0)::text AS placed, coalesce(sum(fulfilled), 0)::text AS fulfilled,
    coalesce(sum(cancelled), 0)::text AS cancelled, coalesce(sum(returned), 0)::text AS returned
  FROM analytics.order_step WHERE ${IN_PERIOD} AND ($3::text IS NULL OR country = $3)`;

export const LAST_EVENT = `
  SELECT max(last_event_at) AS last_event_at FROM analytics.order_step WHERE generation = ${LIVE}`;
