/**
 * Writes a payment by card that is about to be asked for, or does nothing and answers no row when the wish has one already:
 * $1 payment id, $2 order id, $3 request key, $4 token, $5 amount in minor units, $6 currency, $7 status.
 */
export const BEGIN_CARD_PAYMENT = `
  WITH wished AS (
    SELECT $1::uuid AS payment_id
    WHERE NOT EXISTS (SELECT FROM payments.card_payment WHERE request_key = $3::text)
  ), payment AS (
    INSERT INTO payments.payment (payment_id, order_id, authorised_minor, currency, status)
    SELECT payment_id, $2, $5, $6, $7 FROM wished
    RETURNING payment_id
  )
  INSERT INTO payments.card_payment (payment_id, request_key, token)
  SELECT payment_id, $3, $4 FROM payment
  RETURNING payment_id`;
