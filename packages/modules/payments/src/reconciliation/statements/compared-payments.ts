const COMPARED = `
  SELECT payment_id AS "paymentId", order_id AS "orderId", status, currency, authorised_minor AS "authorisedMinor",
    captured_minor AS "capturedMinor", refunded_minor AS "refundedMinor", created_at AS "createdAt",
    updated_at AS "updatedAt", card.settlement, card.network_id AS "networkId"
  FROM payments.payment JOIN payments.card_payment AS card USING (payment_id)`;

/** Payments by card in the order of the network's ids: $1 the id before the first, $2 how many. */
export const ANSWERED_PAYMENTS = `${COMPARED}
  WHERE card.network_id > $1 ORDER BY card.network_id LIMIT $2`;

/** Those that the network has not answered, as far as we know, but for those of nothing: $1 the id before the first, $2 how many. */
export const UNANSWERED_PAYMENTS = `${COMPARED}
  WHERE card.network_id IS NULL AND authorised_minor > 0 AND payment_id > $1 ORDER BY payment_id LIMIT $2`;

/** One payment by card: $1 its id. */
export const COMPARED_PAYMENT = `${COMPARED}
  WHERE payment_id = $1`;
