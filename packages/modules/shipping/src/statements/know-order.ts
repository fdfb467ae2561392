export interface KnownOrderRow {
  withdrawn: boolean;
}

/**
 * Notes that an order exists, and whether it is off ($2), and answers whether it is: $1 order id. Whoever acts for an order
 * does this first and so holds the row's lock until the commit. A request and a withdrawal may arrive in either order and at
 * the same time: the second sees what the first did.
 */
export const KNOW_ORDER = `
  INSERT INTO shipping.known_order AS known (order_id, withdrawn) VALUES ($1, $2)
  ON CONFLICT (order_id) DO UPDATE SET withdrawn = known.withdrawn OR excluded.withdrawn
  RETURNING withdrawn`;
