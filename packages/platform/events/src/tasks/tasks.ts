import type { Operation } from '@macrolith/contract';
import type { Manifest } from '@macrolith/core';

/** When a task is to be done, and how urgent it is. */
export interface TaskOptions {
  /** Not before so many milliseconds have passed. */
  readonly delayMs?: number;
  /** Not before this moment. One that has passed means now. */
  readonly at?: Date;
  /** What is urgent is begun first, `high` before `normal` before `low`. Default `normal`. */
  readonly priority?: 'high' | 'normal' | 'low';
  /** A UUID of the caller's choice. A second task of the same id is not placed: the first one stands for both. */
  readonly id?: string;
}

/** Why a task is not to be done any more. Kept for whoever asks later. */
export interface CancelOptions {
  readonly why: string;
  /** Default: the principal of the running call, else the module. */
  readonly who?: string;
}

/**
 * What became of a task that was to be cancelled.
 * - `cancelled`: it will not be done.
 * - `begun`: it was begun at least once, and is at work or waits for its next attempt.
 * - `done`, `dead`, `discarded`: it had ended before.
 * - `unknown`: this module has placed no task of this id, or its transaction has not committed yet.
 */
export type CancelOutcome = 'cancelled' | 'begun' | 'done' | 'dead' | 'discarded' | 'unknown';

/** Takes tasks of modules and takes them back. Which one is installed decides where they wait. */
export abstract class TaskSink {
  /** Stores a task of `from` in the running transaction, or at once where there is none. Answers its id. */
  abstract place<In>(from: string, task: Operation<'task', In>, input: In, options: TaskOptions): Promise<string>;
  abstract cancel(from: string, id: string, options: CancelOptions): Promise<CancelOutcome>;
}

/**
 * Places tasks for the module that injects it, where a plain call of the port's method does not say enough: later, with
 * another priority, or to be cancelled. Provided by `outbox()`.
 */
export class Tasks {
  constructor(
    private readonly manifest: Manifest,
    private readonly sink: TaskSink,
  ) {}

  /**
   * Has a task done after the running transaction has committed, or at once where there is none. Answers its id.
   *
   * @throws InvalidInput, InvalidTask
   */
  enqueue<In>(task: Operation<'task', In, any, any>, input: NoInfer<In>, options: TaskOptions = {}): Promise<string> {
    return this.sink.place(this.manifest.name, task, input, options);
  }

  /**
   * Takes back a task of this module that has not been begun, and says what became of it. Part of the running transaction,
   * if there is one: rolled back, the task is done after all.
   */
  cancel(id: string, options: CancelOptions): Promise<CancelOutcome> {
    return this.sink.cancel(this.manifest.name, id, options);
  }
}
