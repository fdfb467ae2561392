import { createHash } from 'node:crypto';
import { canonicalJson, type Operation, type WireError } from '@macrolith/contract';
import { currentCaller } from '@macrolith/core';
import { IdempotencyKeyReused } from '../errors/idempotency-key-reused.js';
import type { ModuleDatabase } from '../module-database.js';

/** How a keyed command ended, in wire form. */
export type Outcome = { readonly value?: unknown } | { readonly error: WireError };

interface Stored {
  readonly input_digest: Buffer;
  readonly outcome: Outcome | null;
}

/**
 * What is known under one key of one caller, in the schema of the module that provides the command. A key belongs to its
 * caller: what one principal of one tenant got is not answered to another.
 */
export class KeyedOutcome {
  private readonly table: string;
  private readonly id: readonly string[];
  private readonly digest: Buffer;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly operation: Operation,
    private readonly key: string,
    input: unknown,
  ) {
    this.table = `${database.schema}.idempotency`;
    this.id = [operation.id, currentCaller(), key];
    this.digest = createHash('sha256')
      .update(canonicalJson(input ?? null))
      .digest();
  }

  /** Takes the key for the running transaction. Waits for another transaction that has it. */
  async take(): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `INSERT INTO ${this.table} (operation, caller, key, input_digest) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [...this.id, this.digest],
    );
    return rowCount === 1;
  }

  /** Commits the intent to call the command under `claim`, unless it has ended or somebody else is at it. */
  async claim(claim: string, claimMs: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `INSERT INTO ${this.table} AS known (operation, caller, key, input_digest, claim, claimed_until)
      VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
      ON CONFLICT (operation, caller, key) DO UPDATE SET claim = excluded.claim, claimed_until = excluded.claimed_until
      WHERE known.outcome IS NULL AND known.input_digest = excluded.input_digest
        AND (known.claimed_until IS NULL OR known.claimed_until < now())`,
      [...this.id, this.digest, claim, claimMs / 1000],
    );
    return rowCount === 1;
  }

  /** Keeps others away for another while. */
  async extend(claim: string, claimMs: number): Promise<void> {
    await this.database.query(
      `UPDATE ${this.table} SET claimed_until = now() + make_interval(secs => $5)
      WHERE operation = $1 AND caller = $2 AND key = $3 AND claim = $4`,
      [...this.id, claim, claimMs / 1000],
    );
  }

  /** Lets others call: how it ended is not known. */
  async release(claim: string): Promise<void> {
    await this.database.query(
      `UPDATE ${this.table} SET claimed_until = NULL WHERE operation = $1 AND caller = $2 AND key = $3 AND claim = $4`,
      [...this.id, claim],
    );
  }

  /** The outcome, once there is one. @throws IdempotencyKeyReused when the key came with another input before */
  async read(): Promise<Outcome | undefined> {
    const { rows } = await this.database.query<Stored>(
      `SELECT input_digest, outcome FROM ${this.table} WHERE operation = $1 AND caller = $2 AND key = $3`,
      this.id,
    );
    const [stored] = rows;
    if (stored === undefined) return undefined;
    if (!this.digest.equals(stored.input_digest)) throw new IdempotencyKeyReused(this.operation.id, this.key);
    return stored.outcome ?? undefined;
  }

  /** The first outcome stays: whoever was taken for dead changes nothing. */
  async store(outcome: Outcome): Promise<void> {
    await this.database.query(
      `UPDATE ${this.table} SET outcome = $4, claimed_until = NULL
      WHERE operation = $1 AND caller = $2 AND key = $3 AND outcome IS NULL`,
      [...this.id, JSON.stringify(outcome)],
    );
  }
}
