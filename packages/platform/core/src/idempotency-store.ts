import type { Operation } from '@macrolith/contract';

/** Remembers the outcome of keyed commands, so that a command sent twice acts once. `@macrolith/data` provides it. */
export abstract class IdempotencyStore {
  /**
   * Runs `work` unless `operation` already ended under `key`; then its stored outcome is answered instead.
   * `input` is the wire form of the argument: the same key with another input is refused.
   * `work` resolves to the wire form of the result, and effect and outcome are stored in one transaction.
   */
  abstract once(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown>;
}
