-- Do stock, payments and orders agree? Run as an administrator: it looks into every module's schema, which no module may.
-- One row a check; all of them must hold. It knows nothing of the code, only of what the tables mean.
WITH
order_value AS (
  SELECT o.order_id, o.status, o.payment_id, o.reservation_id, o.account_id,
         o.total_minor, o.cancelled_minor,
         sum(l.quantity * l.unit_price_minor) AS ordered_minor,
         sum(l.cancelled * l.unit_price_minor) AS taken_back_minor,
         sum(l.quantity - l.cancelled) AS pieces_left
  FROM orders.order_header o JOIN orders.order_line l USING (order_id)
  GROUP BY o.order_id
),
checks AS (
  SELECT 'the total of an order is the sum of its lines' AS what,
         count(*) FILTER (WHERE total_minor <> ordered_minor) AS wrong, count(*) AS looked_at
  FROM order_value
  UNION ALL
  SELECT 'what an order took back is the sum of its cancelled lines',
         count(*) FILTER (WHERE cancelled_minor <> taken_back_minor), count(*)
  FROM order_value
  UNION ALL
  SELECT 'the cancellations of an order add up to what it took back',
         count(*) FILTER (WHERE o.cancelled_minor <> coalesce(c.amount_minor, 0)), count(*)
  FROM order_value o
  LEFT JOIN (SELECT order_id, sum(amount_minor) AS amount_minor FROM orders.cancellation GROUP BY order_id) c USING (order_id)
  UNION ALL
  SELECT 'no order is half placed',
         count(*) FILTER (WHERE status = 'pending'), count(*)
  FROM order_value
  UNION ALL
  SELECT 'every order has its payment, for its total, on its account',
         count(*) FILTER (WHERE p.payment_id IS NULL OR p.order_id <> o.order_id::text
                             OR p.account_id <> o.account_id OR p.authorised_minor <> o.total_minor),
         count(*)
  FROM order_value o LEFT JOIN payments.payment p ON p.payment_id = o.payment_id
  UNION ALL
  SELECT 'every payment has its order',
         count(*) FILTER (WHERE o.order_id IS NULL), count(*)
  FROM payments.payment p LEFT JOIN order_value o ON o.payment_id = p.payment_id
  UNION ALL
  SELECT 'what is cancelled before it is fulfilled is no longer held',
         count(*) FILTER (WHERE o.status IN ('placed', 'cancelled') AND o.total_minor > 0
                             AND p.status <> 'captured' AND p.voided_minor <> o.cancelled_minor),
         count(*)
  FROM order_value o JOIN payments.payment p ON p.payment_id = o.payment_id
  WHERE p.captured_minor = 0
  UNION ALL
  SELECT 'what an account holds is what its open payments claim',
         count(*) FILTER (WHERE a.held_minor <> coalesce(h.claimed_minor, 0)), count(*)
  FROM payments.account a
  LEFT JOIN (
    SELECT account_id, sum(authorised_minor - voided_minor) AS claimed_minor
    FROM payments.payment WHERE status = 'authorised' GROUP BY account_id
  ) h USING (account_id)
  UNION ALL
  SELECT 'the balance of an account is the sum of its entries',
         count(*) FILTER (WHERE a.balance_minor <> coalesce(e.booked_minor, 0)), count(*)
  FROM payments.account a
  LEFT JOIN (SELECT account_id, sum(amount_minor) AS booked_minor FROM payments.entry GROUP BY account_id) e USING (account_id)
  UNION ALL
  SELECT 'every order has its reservation, with its pieces',
         count(*) FILTER (WHERE r.reservation_id IS NULL OR o.status = 'placed' AND held.pieces <> o.pieces_left
                             OR o.status = 'cancelled' AND held.pieces <> 0),
         count(*)
  FROM order_value o
  LEFT JOIN inventory.reservation r ON r.reservation_id = o.reservation_id AND r.order_id = o.order_id::text
  LEFT JOIN (SELECT reservation_id, sum(held) AS pieces FROM inventory.reservation_line GROUP BY reservation_id) held
    ON held.reservation_id = r.reservation_id
  UNION ALL
  SELECT 'every reservation has its order',
         count(*) FILTER (WHERE o.order_id IS NULL), count(*)
  FROM inventory.reservation r LEFT JOIN order_value o ON o.reservation_id = r.reservation_id
  UNION ALL
  SELECT 'what is reserved of an article is what its reservations hold',
         count(*) FILTER (WHERE s.reserved <> coalesce(h.held, 0)), count(*)
  FROM inventory.stock s
  LEFT JOIN (
    SELECT l.product_id, sum(l.held) AS held
    FROM inventory.reservation_line l JOIN inventory.reservation r USING (reservation_id)
    WHERE r.status = 'held' GROUP BY l.product_id
  ) h USING (product_id)
  UNION ALL
  SELECT 'the stock of an article is the sum of its movements',
         count(*) FILTER (WHERE s.available <> coalesce(m.free, 0) OR s.available + s.reserved <> coalesce(m.in_house, 0)),
         count(*)
  FROM inventory.stock s
  LEFT JOIN (
    SELECT product_id,
           sum(CASE kind WHEN 'received' THEN quantity WHEN 'released' THEN quantity WHEN 'reserved' THEN -quantity ELSE 0 END) AS free,
           sum(CASE kind WHEN 'received' THEN quantity WHEN 'committed' THEN -quantity ELSE 0 END) AS in_house
    FROM inventory.movement GROUP BY product_id
  ) m USING (product_id)
)
SELECT what, looked_at::int, wrong::int FROM checks
