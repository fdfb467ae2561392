import { expect, test } from '@jest/globals';
import { command, type Operation, Port, z } from '@macrolith/contract';
import { currentContext } from '../call-context.js';
import { IdempotencyStore } from '../idempotency-store.js';
import { WorkflowInTransaction } from '../workflow/workflow-errors.js';
import { keyedCommand } from './keyed-command.js';

abstract class Counter extends Port({
  name: 'counter',
  version: '1.0.0',
  operations: { pay: command({ input: z.object({ by: z.string() }), output: z.string() }) },
}) {}

/** Tells where the work was done. */
class Ledger extends IdempotencyStore {
  readonly calls: string[] = [];

  override once(_operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>): Promise<unknown> {
    this.calls.push(`${key} in a transaction`);
    return work();
  }

  override onceApart(_operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>) {
    this.calls.push(`${key} apart`);
    return work();
  }
}

test('a command that runs a durable workflow for some inputs leaves its transaction for those alone', async () => {
  const ledger = new Ledger();
  const pay = async (input: unknown) => {
    const { by } = input as { by: string };
    const isInTransaction = currentContext().heldKey === undefined;
    if (by === 'card' && isInTransaction) throw new WorkflowInTransaction('counter', 'counter.pay-by-card');
    return by;
  };
  const keyed = keyedCommand(Counter.op.pay as Operation, pay, ledger);

  for (const [key, by] of ['cash', 'card', 'cash'].entries()) {
    expect(await keyed({ by }, `${key} ${by}`)).toBe(by);
  }

  expect(ledger.calls).toEqual([
    '0 cash in a transaction',
    '1 card in a transaction',
    '1 card apart',
    '2 cash in a transaction',
  ]);
});
