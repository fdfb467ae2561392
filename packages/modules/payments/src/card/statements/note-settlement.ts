/** Writes down how far the network is with a payment: $1 its id. Nothing is noted while nothing was asked. */
export const NOTE_SETTLEMENT = `
  WITH wanted AS (
    SELECT bool_or(state IN ('open', 'asked')) AS pending, bool_or(state = 'refused') AS refused, count(*) AS number
    FROM payments.card_settlement WHERE payment_id = $1 AND state <> 'withdrawn'
  )
  UPDATE payments.card_payment SET settlement = CASE
    WHEN wanted.number = 0 THEN NULL
    WHEN wanted.pending THEN 'pending'
    WHEN wanted.refused THEN 'failed'
    ELSE 'settled' END
  FROM wanted WHERE payment_id = $1`;
