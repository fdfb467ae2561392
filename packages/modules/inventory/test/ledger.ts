import type { RunningModules } from '@macrolith/testing';

interface Balance {
  readonly productId: string;
  readonly available: number;
  readonly reserved: number;
}

/** Adds the ledger up: what the levels must be if no movement was lost, invented or booked twice. */
export async function addUpLedger(modules: RunningModules): Promise<Balance[]> {
  return read(
    modules,
    `SELECT product_id AS "productId",
            sum(quantity * CASE kind WHEN 'received' THEN 1 WHEN 'reserved' THEN -1 WHEN 'released' THEN 1 ELSE 0 END)::int
              AS available,
            sum(quantity * CASE kind WHEN 'reserved' THEN 1 WHEN 'received' THEN 0 ELSE -1 END)::int AS reserved
     FROM inventory.movement GROUP BY product_id ORDER BY product_id`,
  );
}

/** The levels as they stand. */
export async function readLevels(modules: RunningModules): Promise<Balance[]> {
  return read(
    modules,
    `SELECT product_id AS "productId", available::int, reserved::int FROM inventory.stock ORDER BY product_id`,
  );
}

/** What reservations hold, added up by product. */
export async function addUpHeld(modules: RunningModules): Promise<Map<string, number>> {
  const rows = await read<{ productId: string; held: number }>(
    modules,
    `SELECT product_id AS "productId", sum(held)::int AS held FROM inventory.reservation_line GROUP BY product_id`,
  );
  return new Map(rows.map(({ productId, held }) => [productId, held]));
}

async function read<Row = Balance>(modules: RunningModules, text: string): Promise<Row[]> {
  const { rows } = await modules.database.of('inventory').query(text);
  return rows as Row[];
}
