import type { ModuleDatabase } from '@macrolith/data';
import type { Generation, GenerationState } from './generation.js';
import type { LogContents } from './projected-log.js';

interface GenerationRow {
  readonly generation: number;
  readonly state: GenerationState;
  readonly started_at: Date;
  readonly live_at: Date | null;
  readonly is_cold: boolean;
  readonly total: string;
  readonly log_from: Date | null;
}

/** The generations of one projection as they stand in the database. Every change is a compare-and-set: one process wins. */
export class GenerationStore {
  private readonly table: string;

  /** @param coldAfterMs how long after a generation was retired nobody can have it under way any more */
  constructor(
    private readonly database: ModuleDatabase,
    private readonly projection: string,
    private readonly coldAfterMs: number,
  ) {
    this.table = `${database.schema}.projection`;
  }

  async all(): Promise<readonly Generation[]> {
    const { rows } = await this.database.query<GenerationRow>(
      `SELECT generation, state, started_at, live_at, total::text AS total, log_from,
         coalesce(retired_at < now() - make_interval(secs => $2::double precision / 1000), false) AS is_cold
       FROM ${this.table} WHERE name = $1 ORDER BY generation`,
      [this.projection, this.coldAfterMs],
    );
    return rows.map(toGeneration);
  }

  /** Keeps a generation from being retired while the transaction runs. Answers whether it is still heard for. */
  async holdHearing(generation: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `SELECT FROM ${this.table} WHERE name = $1 AND generation = $2 AND state <> 'retired' FOR SHARE`,
      [this.projection, generation],
    );
    return rowCount === 1;
  }

  /** The first generation, which answers while it is still catching up: there is no other. Nothing when there is one. */
  async begin({ total, from }: LogContents): Promise<number | undefined> {
    const { rows } = await this.database.query<{ generation: number }>(
      `INSERT INTO ${this.table} (name, generation, state, live_at, total, log_from)
       SELECT $1, 1, 'live', now(), $2, $3 WHERE NOT EXISTS (SELECT FROM ${this.table} WHERE name = $1)
       ON CONFLICT DO NOTHING RETURNING generation`,
      [this.projection, total, from],
    );
    return rows[0]?.generation;
  }

  /** Another generation, to be built beside the one that answers. Nothing when one is being built. */
  async startBuilding({ total, from }: LogContents): Promise<number | undefined> {
    const { rows } = await this.database.query<{ generation: number }>(
      `INSERT INTO ${this.table} (name, generation, state, total, log_from)
       SELECT $1, max(generation) + 1, 'building', $2, $3 FROM ${this.table} WHERE name = $1
       ON CONFLICT DO NOTHING RETURNING generation`,
      [this.projection, total, from],
    );
    return rows[0]?.generation;
  }

  /** Notes when the first event happened, of a generation that was begun when there was none. */
  async noteFirstEvent(generation: number, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE ${this.table} SET log_from = $3 WHERE name = $1 AND generation = $2 AND log_from IS NULL`,
      [this.projection, generation, at],
    );
  }

  /** Lets the one that was built answer instead of the one that did. Answers whether it was this call that did it. */
  async replace(live: number, built: number): Promise<boolean> {
    const retired = await this.database.query(
      `UPDATE ${this.table} SET state = 'retired', retired_at = now()
       WHERE name = $1 AND generation = $2 AND state = 'live'`,
      [this.projection, live],
    );
    if (retired.rowCount === 0) return false;
    const { rowCount } = await this.database.query(
      `UPDATE ${this.table} SET state = 'live', live_at = now() WHERE name = $1 AND generation = $2 AND state = 'building'`,
      [this.projection, built],
    );
    return rowCount === 1;
  }

  /** Whether this transaction is the one that clears a retired generation away. Others leave it to that. */
  async claimClearing(generation: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `SELECT FROM ${this.table} WHERE name = $1 AND generation = $2 AND state = 'retired' FOR UPDATE SKIP LOCKED`,
      [this.projection, generation],
    );
    return rowCount === 1;
  }

  /** Removes some rows of a generation from one of its tables. Answers how many. */
  async removeRows(table: string, generation: number, limit: number): Promise<number> {
    const from = `${this.database.schema}.${table}`;
    const { rowCount } = await this.database.query(
      `DELETE FROM ${from} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${from} WHERE generation = $1 LIMIT $2))`,
      [generation, limit],
    );
    return rowCount ?? 0;
  }

  /** Forgets what its consumers have handled. Answers how many. */
  async removeHandled(consumers: readonly string[], limit: number): Promise<number> {
    const inbox = `${this.database.schema}.inbox`;
    const { rowCount } = await this.database.query(
      `DELETE FROM ${inbox} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${inbox} WHERE consumer = ANY ($1) LIMIT $2))`,
      [consumers, limit],
    );
    return rowCount ?? 0;
  }

  async forget(generation: number): Promise<void> {
    await this.database.query(`DELETE FROM ${this.table} WHERE name = $1 AND generation = $2 AND state = 'retired'`, [
      this.projection,
      generation,
    ]);
  }
}

function toGeneration(row: GenerationRow): Generation {
  return {
    number: row.generation,
    state: row.state,
    startedAt: row.started_at,
    liveAt: row.live_at ?? undefined,
    isCold: row.is_cold,
    total: Number(row.total),
    logFrom: row.log_from ?? undefined,
  };
}
