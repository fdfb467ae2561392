import pg, { type ClientBase } from 'pg';
import { type HandoverPeer, ModuleArriving, ModuleHandedOver } from '../errors/handover-errors.js';

/** By this table a module's schema says that it is moving from one database to another, or has moved. Made by `macro handover`. */
export const HANDOVER_TABLE = 'macrolith_handover';

/**
 * One row: which of the two sides this is, where the other one is, how far the move has come, and whether processes may serve
 * the module from here. Until the switch only the source is open, and only the target afterwards.
 */
export const HANDOVER_TABLE_COLUMNS = `(
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('source', 'target')),
  is_open boolean NOT NULL,
  peer jsonb NOT NULL,
  phase text NOT NULL,
  notes jsonb NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
)`;

interface ClosedRow {
  readonly side: 'source' | 'target';
  readonly peer: HandoverPeer;
}

/**
 * A process must not serve a module from a database that it has left, or has not come to yet.
 * @throws ModuleHandedOver, ModuleArriving
 */
export async function refuseClosed(
  client: ClientBase,
  database: string,
  modules: readonly { readonly module: string; readonly schema: string }[],
): Promise<void> {
  for (const { module, schema } of modules) {
    const { rows } = await client.query<ClosedRow>(
      `SELECT side, peer FROM ${pg.escapeIdentifier(schema)}.${HANDOVER_TABLE} WHERE NOT is_open`,
    );
    const [closed] = rows;
    if (closed?.side === 'source') throw new ModuleHandedOver(module, database, closed.peer);
    if (closed?.side === 'target') throw new ModuleArriving(module, database, closed.peer);
  }
}
