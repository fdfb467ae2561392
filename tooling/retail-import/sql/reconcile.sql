-- Do stock, payments and orders agree? Run as an administrator: it looks into every module's schema, which no module may.
-- One row a check: how many things it looked at, and how many of them are wrong. It knows nothing of the code, only of what
-- the tables mean. What is missing on one side is wrong, not unknown. A comparison with NULL is neither, and FILTER would drop
-- it, so a side that may be missing is compared by IS DISTINCT FROM, tested by IS NULL, or counted as 0 by coalesce. A plain
-- <> stands where both sides are there, or where a test beside it has caught what is missing.
WITH
ordered AS (
  SELECT o.order_id, o.status, o.payment_id, o.reservation_id, o.account_id, o.currency, o.total_minor, o.cancelled_minor,
         coalesce(sum(l.quantity * l.unit_price_minor), 0) AS lines_minor,
         coalesce(sum(l.cancelled * l.unit_price_minor), 0) AS lines_cancelled_minor,
         coalesce(sum(l.quantity), 0) AS pieces,
         coalesce(sum(l.cancelled), 0) AS pieces_cancelled
  FROM orders.order_header o LEFT JOIN orders.order_line l USING (order_id)
  GROUP BY o.order_id
),
paid AS (
  SELECT o.*, p.payment_id AS found, p.order_id AS paid_order, p.account_id AS paid_by, p.currency AS paid_in,
         p.status AS payment_status, p.authorised_minor, p.voided_minor, p.captured_minor, p.refunded_minor
  FROM ordered o LEFT JOIN payments.payment p USING (payment_id)
),
checks (number, what, wrong, looked_at) AS (
  SELECT 1, 'every order has lines, and its total is their sum',
         count(*) FILTER (WHERE pieces = 0 OR total_minor <> lines_minor), count(*)
  FROM ordered
  UNION ALL
  SELECT 2, 'what an order took back is the sum of its cancelled lines',
         count(*) FILTER (WHERE cancelled_minor <> lines_cancelled_minor), count(*)
  FROM ordered
  UNION ALL
  SELECT 3, 'the cancellations of an order add up to what it took back',
         count(*) FILTER (WHERE o.cancelled_minor <> coalesce(c.amount_minor, 0)), count(*)
  FROM ordered o
  LEFT JOIN (SELECT order_id, sum(amount_minor) AS amount_minor FROM orders.cancellation GROUP BY order_id) c USING (order_id)
  UNION ALL
  SELECT 4, 'the cancellations of an article add up to the pieces that its line lost',
         count(*) FILTER (WHERE coalesce(l.cancelled, 0) <> coalesce(c.pieces, 0)), count(*)
  FROM orders.order_line l
  FULL JOIN (
    SELECT order_id, line ->> 'productId' AS product_id, sum((line ->> 'quantity')::bigint) AS pieces
    FROM orders.cancellation, jsonb_array_elements(lines) AS line GROUP BY 1, 2
  ) c USING (order_id, product_id)
  UNION ALL
  SELECT 5, 'no order is half placed, and a cancelled one has nothing left',
         count(*) FILTER (WHERE status = 'pending' OR (status = 'cancelled') <> (pieces = pieces_cancelled)), count(*)
  FROM ordered
  UNION ALL
  SELECT 6, 'every order has its payment: its total, from its account or by card, in its currency',
         count(*) FILTER (WHERE found IS NULL OR paid_order <> order_id::text OR paid_by IS DISTINCT FROM account_id
                             OR paid_in <> currency OR authorised_minor <> total_minor),
         count(*)
  FROM paid
  UNION ALL
  SELECT 7, 'every payment has its order, which has no other, or was declined or let go as a whole with an order that came to nothing',
         count(*) FILTER (WHERE o.order_id IS NULL AND p.status <> 'declined' AND (p.status <> 'voided' OR p.voided_minor <> p.authorised_minor)), count(*)
  FROM payments.payment p LEFT JOIN ordered o USING (payment_id)
  UNION ALL
  SELECT 8, 'what an order took back was let go or given back by its payment',
         count(*) FILTER (WHERE voided_minor + refunded_minor IS DISTINCT FROM cancelled_minor), count(*)
  FROM paid
  UNION ALL
  SELECT 9, 'money is held for what is placed, taken for what is fulfilled, and neither for what is cancelled',
         count(*) FILTER (WHERE CASE status
           WHEN 'placed' THEN payment_status IS DISTINCT FROM 'authorised' OR captured_minor <> 0
           WHEN 'fulfilled' THEN payment_status IS DISTINCT FROM 'captured' OR captured_minor <> authorised_minor - voided_minor
           ELSE payment_status IS NULL OR payment_status NOT IN ('voided', 'refunded') OR captured_minor <> refunded_minor
         END),
         count(*)
  FROM paid
  UNION ALL
  SELECT 10, 'what an account holds is what its open payments claim',
         count(*) FILTER (WHERE a.held_minor <> coalesce(h.claimed_minor, 0)), count(*)
  FROM payments.account a
  LEFT JOIN (
    SELECT account_id, sum(authorised_minor - voided_minor) AS claimed_minor
    FROM payments.payment WHERE status = 'authorised' GROUP BY account_id
  ) h USING (account_id)
  UNION ALL
  SELECT 11, 'the balance of an account is the sum of its entries',
         count(*) FILTER (WHERE a.balance_minor <> coalesce(e.booked_minor, 0)), count(*)
  FROM payments.account a
  LEFT JOIN (SELECT account_id, sum(amount_minor) AS booked_minor FROM payments.entry GROUP BY account_id) e USING (account_id)
  UNION ALL
  SELECT 12, 'what a payment took and gave back is booked on its account',
         count(*) FILTER (WHERE coalesce(p.captured_minor, 0) <> coalesce(e.taken_minor, 0)
                             OR coalesce(p.refunded_minor, 0) <> coalesce(e.given_back_minor, 0)),
         count(*)
  FROM payments.payment p
  FULL JOIN (
    SELECT account_id, reference, -sum(amount_minor) FILTER (WHERE kind = 'capture') AS taken_minor,
           sum(amount_minor) FILTER (WHERE kind = 'refund') AS given_back_minor
    FROM payments.entry WHERE kind <> 'deposit' GROUP BY account_id, reference
  ) e ON e.reference = p.payment_id::text AND e.account_id = p.account_id
  UNION ALL
  SELECT 13, 'every order has its reservation, and every reservation its order',
         count(*) FILTER (WHERE o.order_id IS NULL OR r.order_id IS DISTINCT FROM o.order_id::text), count(*)
  FROM ordered o FULL JOIN inventory.reservation r USING (reservation_id)
  UNION ALL
  SELECT 14, 'of every article of an order, what is reserved is what was ordered, and what is held is what is still to go out',
         count(*) FILTER (WHERE o.quantity IS DISTINCT FROM r.quantity
                             OR r.held IS DISTINCT FROM CASE o.status WHEN 'placed' THEN o.quantity - o.cancelled ELSE 0 END),
         count(*)
  FROM (
    SELECT h.reservation_id, h.status, l.product_id, l.quantity, l.cancelled
    FROM orders.order_header h JOIN orders.order_line l USING (order_id)
  ) o
  FULL JOIN inventory.reservation_line r USING (reservation_id, product_id)
  UNION ALL
  SELECT 15, 'what is reserved of an article is what its reservations hold',
         count(*) FILTER (WHERE coalesce(s.reserved, 0) <> coalesce(h.held, 0)), count(*)
  FROM inventory.stock s
  FULL JOIN (SELECT product_id, sum(held) AS held FROM inventory.reservation_line GROUP BY product_id) h USING (product_id)
  UNION ALL
  SELECT 16, 'the stock of an article is the sum of its movements',
         count(*) FILTER (WHERE coalesce(s.available, 0) <> coalesce(m.free, 0)
                             OR coalesce(s.available + s.reserved, 0) <> coalesce(m.in_house, 0)),
         count(*)
  FROM inventory.stock s
  FULL JOIN (
    SELECT product_id,
           sum(CASE kind WHEN 'received' THEN quantity WHEN 'released' THEN quantity WHEN 'reserved' THEN -quantity ELSE 0 END) AS free,
           sum(CASE kind WHEN 'received' THEN quantity WHEN 'committed' THEN -quantity ELSE 0 END) AS in_house
    FROM inventory.movement GROUP BY product_id
  ) m USING (product_id)
)
SELECT what, looked_at::integer, wrong::integer FROM checks ORDER BY number;
