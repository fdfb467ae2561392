/** The level after a receipt; no row when the reference was used before. */
export interface ReceivedRow {
  available: number;
  reserved: number;
}

/** Books a receipt and raises the level. The ledger's unique index decides whether the reference is new. */
export const RECEIVE = `
  WITH receipt AS (
    INSERT INTO inventory.movement (kind, product_id, quantity, reference) VALUES ('received', $1, $2, $3)
    ON CONFLICT (reference) WHERE kind = 'received' DO NOTHING
    RETURNING product_id, quantity
  )
  INSERT INTO inventory.stock AS stock (product_id, available, reserved)
  SELECT product_id, quantity, 0 FROM receipt
  ON CONFLICT (product_id) DO UPDATE SET available = stock.available + excluded.available
  RETURNING available::float8, reserved::float8`;
