import { createHash } from 'node:crypto';
import { canonicalJson, type Operation } from '@macrolith/contract';
import { currentContext, IdempotencyStore, UnitOfWork } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { ExternalCommandKeyed } from '../errors/external-command-keyed.js';
import { IdempotencyKeyReused } from '../errors/idempotency-key-reused.js';

interface StoredOutcome {
  readonly input_digest: Buffer;
  readonly outcome: { readonly value?: unknown };
}

/**
 * Keeps outcomes in the schema of the module that provides the command, in the transaction of its effect: both are
 * there, or neither. A duplicate that comes while the first is under way waits for it. A command that failed left no
 * effect and no outcome, so the same key may try again.
 *
 * A key belongs to its caller: what one principal of one tenant got is not answered to another.
 */
@Injectable()
export class PostgresIdempotencyStore extends IdempotencyStore {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override once(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown> {
    if (operation.external) return Promise.reject(new ExternalCommandKeyed(operation.id));
    const database = this.database.of(operation.module);
    const table = `${database.schema}.idempotency`;
    const id = [operation.id, currentCaller(), key];
    const digest = createHash('sha256')
      .update(canonicalJson(input ?? null))
      .digest();

    return this.unitOfWork.run(async () => {
      const taken = await database.query(
        `INSERT INTO ${table} (operation, caller, key, input_digest) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [...id, digest],
      );
      if (taken.rowCount === 0) {
        const { rows } = await database.query<StoredOutcome>(
          `SELECT input_digest, outcome FROM ${table} WHERE operation = $1 AND caller = $2 AND key = $3`,
          id,
        );
        return replay(operation, key, digest, rows[0]!);
      }
      const value = await work();
      await database.query(`UPDATE ${table} SET outcome = $4 WHERE operation = $1 AND caller = $2 AND key = $3`, [
        ...id,
        JSON.stringify({ value }),
      ]);
      return value;
    });
  }
}

function replay(operation: Operation, key: string, digest: Buffer, stored: StoredOutcome): unknown {
  if (!digest.equals(stored.input_digest)) throw new IdempotencyKeyReused(operation.id, key);
  return stored.outcome.value;
}

function currentCaller(): string {
  const { tenant = '', principal } = currentContext();
  return JSON.stringify([tenant, principal?.id ?? '']);
}
