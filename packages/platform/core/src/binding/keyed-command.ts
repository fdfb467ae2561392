import {
  decodeOutput,
  encodeInput,
  encodeOutput,
  type Operation,
  type WireValue,
  withoutDefaults,
} from '@macrolith/contract';
import { runInContext } from '../call-context.js';
import { CalledApart, type IdempotencyStore } from '../idempotency-store.js';
import { WorkflowInTransaction } from '../workflow/workflow-errors.js';
import type { Call } from './binding.js';

type KeyedCall = (input: unknown, key: string) => Promise<unknown>;

/**
 * A command under an idempotency key: the stored outcome instead of a second run.
 *
 * Effect and outcome are one transaction, in which the provider does not find the key. Where no transaction can hold the
 * effect, the provider runs outside of any and finds the key in its context, to be idempotent under it: that is so for an
 * external command, and for one whose provider runs a durable workflow. The latter shows in the first attempt: it is
 * refused there before it has done anything, and the transaction rolls back. It is found out anew for each call: one command may
 * run a durable workflow for one input, and for another what a transaction holds together with its outcome.
 */
export function keyedCommand(operation: Operation, run: Call, idempotency: IdempotencyStore): KeyedCall {
  return async (input, key) => {
    const wire = comparableInput(operation, input);
    const work = async () => encodeOutput(operation, await run(input));
    const inTransaction = () =>
      runInContext({ idempotencyKey: undefined }, () => idempotency.once(operation, key, wire, work));
    const apart = () => runInContext({ heldKey: key }, () => idempotency.onceApart(operation, key, wire, work));

    if (operation.external) return decodeOutput(operation, await apart());
    try {
      return decodeOutput(operation, await inTransaction());
    } catch (error) {
      if (!(error instanceof CalledApart || isOfOwnWorkflow(operation, error))) throw error;
      return decodeOutput(operation, await apart());
    }
  };
}

/** The same for every version of the contract: a process may have another one than that which stored an outcome. */
function comparableInput(operation: Operation, input: unknown): WireValue {
  const wire = encodeInput(operation, input);
  return operation.input === undefined ? wire : withoutDefaults(operation.input, wire);
}

/** A workflow of another module would not find the key, and so would not be the same run when it is called again. */
function isOfOwnWorkflow(operation: Operation, error: unknown): boolean {
  return error instanceof WorkflowInTransaction && error.module === operation.module;
}
