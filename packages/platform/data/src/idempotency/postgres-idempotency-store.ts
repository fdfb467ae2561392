import { decodeError, type Operation } from '@macrolith/contract';
import { CalledApart, IdempotencyStore, ofAnotherVersion, UnitOfWork } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { callApart } from './call-apart.js';
import { KeyedOutcome, type Outcome } from './keyed-outcome.js';

/**
 * Keeps outcomes in the schema of the module that provides the command.
 *
 * Where a transaction can hold the effect, both are in it: they are there, or neither. A duplicate that comes while the
 * first is under way waits for it. A command that failed left no effect and no outcome, so the same key may try again.
 * Otherwise intent and outcome are committed around the call.
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
    const keyed = this.keyed(operation, key, input);
    return this.unitOfWork.run(async () => {
      if (!(await keyed.take())) {
        const outcome = await keyed.read();
        // A transaction leaves both or neither. A row without an outcome is an intent.
        if (outcome === undefined) throw new CalledApart(operation.id);
        return replay(operation, outcome);
      }
      const value = await work();
      await keyed.store({ value });
      return value;
    });
  }

  override async onceApart(
    operation: Operation,
    key: string,
    input: unknown,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    return replay(operation, await callApart(operation, this.keyed(operation, key, input), work));
  }

  private keyed(operation: Operation, key: string, input: unknown): KeyedOutcome {
    return new KeyedOutcome(this.database.of(operation.module), operation, key, input);
  }
}

function replay(operation: Operation, outcome: Outcome): unknown {
  if (!('error' in outcome)) return outcome.value;
  throw decodeError(operation, outcome.error) ?? ofAnotherVersion(operation, outcome.error);
}
