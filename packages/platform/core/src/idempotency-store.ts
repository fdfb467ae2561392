import type { Operation } from '@macrolith/contract';
import { PlatformError } from './platform-error.js';

/** A command was to be run in a transaction under a key whose intent is committed: it is being called apart, here or elsewhere. */
export class CalledApart extends PlatformError {
  readonly code = 'macrolith.called-apart';
  constructor(readonly operation: string) {
    super(
      `${operation} is called outside of a transaction under this idempotency key. Call it so here, too: onceApart().`,
    );
  }
}

/** Remembers the outcome of keyed commands, so that a command sent twice acts once. `@macrolith/data` provides it. */
export abstract class IdempotencyStore {
  /**
   * Runs `work` unless `operation` already ended under `key`; then its stored outcome is answered instead.
   * `input` is the wire form of the argument, without members that have their default: the same key with another input is refused.
   * `work` resolves to the wire form of the result, and effect and outcome are stored in one transaction.
   *
   * @throws CalledApart when the key is known to `onceApart` and has no outcome yet
   */
  abstract once(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown>;

  /**
   * The same for work that no transaction can hold: the intent is committed before `work` is called, and the outcome
   * after it, a declared error included. When the process dies in between, the next call under the key calls `work`
   * again, so whatever `work` does has to be idempotent under the key.
   */
  abstract onceApart(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>): Promise<unknown>;
}
