/**
 * Holds an amount and writes the payment, or does neither and answers no row: $1 payment id, $2 order id, $3 account id,
 * $4 amount in minor units, $5 currency. The conditions are those of `declineReason`, checked while the account's row is
 * locked, so that two payments can never both take the last of a balance.
 */
export const AUTHORISE = `
  WITH account AS (
    UPDATE payments.account SET held_minor = held_minor + $4
    WHERE account_id = $3 AND status = 'open' AND currency = $5
      AND $4 <= balance_minor - held_minor AND (limit_minor IS NULL OR $4 <= limit_minor)
    RETURNING account_id
  )
  INSERT INTO payments.payment (payment_id, order_id, account_id, authorised_minor, currency)
  SELECT $1::uuid, $2, account_id, $4, $5 FROM account
  RETURNING payment_id`;
