import { PlatformError } from '@macrolith/core';
import type { Refusal } from '../statements/refused-statement.js';
import { shortened } from './unit-of-work-errors.js';

/** A module sent something that must not run on a connection which all modules share. */
export class StatementRefused extends PlatformError {
  readonly code = 'macrolith.statement-refused';
  constructor(
    readonly module: string,
    readonly statement: string,
    { why, remedy }: Refusal,
  ) {
    super(`A statement of module '${module}' was refused: ${why}. ${remedy} Refused: ${shortened(statement)}`);
  }
}

/** A query runner was told to start or end a transaction where it cannot. */
export class HandMadeTransaction extends PlatformError {
  readonly code = 'macrolith.hand-made-transaction';
  constructor(
    readonly module: string,
    readonly statement: string,
  ) {
    super(
      `A query runner of module '${module}' was told ${shortened(statement)}, and it has no transaction of its own to do that with: ` +
        'inside a unit of work a hand-made transaction would wait for the one that waits for it. Use dataSource.transaction().',
    );
  }
}
