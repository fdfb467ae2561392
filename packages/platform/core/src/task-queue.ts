import type { Operation } from '@macrolith/contract';

/** Takes tasks, to be done after the caller's transaction has committed. `@macrolith/events` provides it. */
export abstract class TaskQueue {
  /** Writes the task to the outbox of module `from`, in the running transaction if there is one. `input` is checked before. */
  abstract enqueue(from: string, operation: Operation<'task'>, input: unknown): Promise<void>;
}
