import type { Operation } from '@macrolith/contract';
import { type CallContext, context, runInContext } from '../call-context.js';
import type { IdempotencyStore } from '../idempotency-store.js';
import { PlatformError } from '../platform-error.js';
import type { Call } from './binding.js';
import { keyedCommand } from './keyed-command.js';

/** A command that acts outside the database was called inside a transaction, which could not take it back. */
export class ExternalCommandInTransaction extends PlatformError {
  readonly code = 'macrolith.external-command-in-transaction';
  constructor(readonly operation: string) {
    super(
      `${operation} acts outside the database, and was called inside a transaction: a rollback could not take it back. ` +
        'Call it before the transaction starts or after it has committed, make it a step of a workflow, or enqueue a task that calls it.',
    );
  }
}

/**
 * What a command needs around its provider's method. Inside a transaction: a savepoint, so that a caught error leaves
 * the caller's work usable. With an idempotency key: the stored outcome instead of a second run. Otherwise nothing.
 */
export function commandScope(operation: Operation, run: Call, idempotency: IdempotencyStore): Call {
  const runKeyed = keyedCommand(operation, run, idempotency);
  return (input) => {
    const running = context.getStore();
    if (running === undefined) return run(input);
    if (running.transaction !== undefined) return inTransaction(operation, run, input, running);
    const { idempotencyKey: key } = running;
    if (key === undefined) return run(input);
    // The key names the wish of the command that holds it: this one is called on the way, and must not find it.
    if (key === running.heldKey) return runInContext({ idempotencyKey: undefined }, () => run(input));
    return runKeyed(input, key);
  };
}

function inTransaction(operation: Operation, run: Call, input: unknown, running: CallContext): Promise<unknown> {
  if (operation.external) return Promise.reject(new ExternalCommandInTransaction(operation.id));
  return running.transaction!.savepoint(() => run(input));
}
