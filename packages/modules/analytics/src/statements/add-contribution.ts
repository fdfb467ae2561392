import type { Contribution } from '../sales/contribution.js';

/**
 * Adds the lines of one event to the sales of a generation: $1 generation, $2 day, $3 country, $4 currency, $5 when it
 * happened; then one array per column of the lines: $6 product ids, $7 names, $8 pieces, $9 minor units, $10 cancelled
 * pieces, $11 cancelled minor units. A product's name is that of the latest event, whichever comes first.
 */
export const ADD_SALES = `
  INSERT INTO analytics.sale AS sale (generation, day, country, currency, product_id,
    pieces, amount_minor, cancelled_pieces, cancelled_minor, name, named_at)
  SELECT $1, $2, $3, $4, line.product_id, line.pieces, line.amount_minor, line.cancelled_pieces, line.cancelled_minor,
    line.name, CASE WHEN line.name IS NOT NULL THEN $5::timestamptz END
  FROM unnest($6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
    AS line (product_id, name, pieces, amount_minor, cancelled_pieces, cancelled_minor)
  ON CONFLICT (generation, day, product_id, country, currency) DO UPDATE SET
    pieces = sale.pieces + excluded.pieces,
    amount_minor = sale.amount_minor + excluded.amount_minor,
    cancelled_pieces = sale.cancelled_pieces + excluded.cancelled_pieces,
    cancelled_minor = sale.cancelled_minor + excluded.cancelled_minor,
    name = CASE
      WHEN excluded.name IS NULL THEN sale.name
      WHEN sale.name IS NULL OR (excluded.named_at, excluded.name) > (sale.named_at, sale.name) THEN excluded.name
      ELSE sale.name
    END,
    named_at = greatest(sale.named_at, excluded.named_at)`;

export function addSalesValues(
  generation: number,
  { day, country, currency, at, lines, kind }: Contribution,
): readonly unknown[] {
  const ordered = kind === 'ordered';
  const pieces = lines.map((line) => line.pieces);
  const amounts = lines.map((line) => line.amountMinor);
  const [noPieces, nothing] = [lines.map(() => 0), lines.map(() => 0n)];
  return [
    generation,
    day,
    country,
    currency,
    at,
    lines.map((line) => line.productId),
    lines.map((line) => (ordered ? (line.name ?? null) : null)),
    ordered ? pieces : noPieces,
    ordered ? amounts : nothing,
    ordered ? noPieces : pieces,
    ordered ? nothing : amounts,
  ];
}

/**
 * Adds what an order came to: $1 generation, $2 day, $3 country, $4 when it happened, then 1 or 0 each for $5 placed,
 * $6 fulfilled, $7 cancelled, $8 returned.
 */
export const ADD_STEP = `
  INSERT INTO analytics.order_step AS step (generation, day, country, last_event_at, placed, fulfilled, cancelled, returned)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (generation, day, country) DO UPDATE SET
    last_event_at = greatest(step.last_event_at, excluded.last_event_at),
    placed = step.placed + excluded.placed,
    fulfilled = step.fulfilled + excluded.fulfilled,
    cancelled = step.cancelled + excluded.cancelled,
    returned = step.returned + excluded.returned`;

const STEPS = ['placed', 'fulfilled', 'cancelled', 'returned'] as const;

export function addStepValues(generation: number, { day, country, at, step }: Contribution): readonly unknown[] {
  return [generation, day, country, at, ...STEPS.map((each) => (each === step ? 1 : 0))];
}
