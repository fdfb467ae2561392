import type { Operation } from '@macrolith/contract';

/** Remembers the outcome of keyed commands, so that a command sent twice acts once. `@macrolith/data` provides it. */
export abstract class IdempotencyStore {
  /**
   * Runs `work` unless `operation` already ended under `key`; then its stored outcome is answered instead.
   * `input` is the wire form of the argument: the same key with another input is refused.
   * `work` resolves to the wire form of the result, and effect and outcome are stored in one transaction.
   */
  abstract once(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown>;

  /**
   * The same for work that no transaction can hold: the intent is committed before `work` is called, and the outcome
   * after it, a declared error included. When the process dies in between, the next call under the key calls `work`
   * again, so whatever `work` does has to be idempotent under the key.
   */
  abstract onceApart(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown>;
}
