-- What the shop comes to, as an administrator sees it: money in pence, goods in pieces, and a fingerprint of each ledger, row by row.
-- Two shops in which the same was done answer the same, wherever their modules run.
SELECT 'orders' AS what, count(*)::text AS amount FROM orders.order_header
UNION ALL SELECT 'pence ordered', coalesce(sum(total_minor), 0)::text FROM orders.order_header
UNION ALL SELECT 'pence cancelled', coalesce(sum(cancelled_minor), 0)::text FROM orders.order_header
UNION ALL SELECT 'pence authorised', coalesce(sum(authorised_minor), 0)::text FROM payments.payment WHERE status <> 'declined'
UNION ALL SELECT 'pence let go', coalesce(sum(voided_minor), 0)::text FROM payments.payment
UNION ALL SELECT 'pence on accounts', coalesce(sum(balance_minor), 0)::text FROM payments.account
UNION ALL SELECT 'pence held', coalesce(sum(held_minor), 0)::text FROM payments.account
UNION ALL SELECT 'pieces received', coalesce(sum(quantity), 0)::text FROM inventory.movement WHERE kind = 'received'
UNION ALL SELECT 'pieces available', coalesce(sum(available), 0)::text FROM inventory.stock
UNION ALL SELECT 'pieces reserved', coalesce(sum(reserved), 0)::text FROM inventory.stock
UNION ALL SELECT 'messages sent', count(*)::text FROM notifications.message WHERE status = 'sent'
UNION ALL SELECT 'pence in the sales figures', coalesce(sum(amount_minor - cancelled_minor), 0)::text FROM analytics.sale
  WHERE generation = (SELECT generation FROM analytics.projection WHERE name = 'sales' AND state = 'live')
UNION ALL SELECT 'every order', md5(string_agg(concat_ws(':', reference, status, total_minor, cancelled_minor), ',' ORDER BY reference))
  FROM orders.order_header
UNION ALL SELECT 'every account', md5(string_agg(concat_ws(':', account_id, balance_minor, held_minor), ',' ORDER BY account_id))
  FROM payments.account
UNION ALL SELECT 'every article', md5(string_agg(concat_ws(':', product_id, available, reserved), ',' ORDER BY product_id))
  FROM inventory.stock
