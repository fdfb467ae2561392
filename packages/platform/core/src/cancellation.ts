import { Logger } from '@nestjs/common';
import { PlatformError } from './platform-error.js';

/** Nobody waits for the answer of a query any more, so it was not gone on with. */
export class CallCancelled extends PlatformError {
  readonly code = 'macrolith.call-cancelled';
  constructor() {
    super('Whoever asked waits for the answer no longer, so the query was not gone on with. Ask again to have it.');
  }
}

/**
 * Whether anybody still waits for the answer of a query. It is handed on as it is, to other modules and to other processes: when
 * a browser goes away, no statement is begun any more for what it asked. Commands have none: one that was begun is done.
 */
export class Cancellation {
  /** Most are never listened to. */
  private listeners: Set<() => void> | undefined;
  private controller: AbortController | undefined;
  private isOver = false;

  get isCancelled(): boolean {
    return this.isOver;
  }

  /** For whatever understands such, like `fetch`. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      const controller = new AbortController();
      this.controller = controller;
      this.onCancel(() => controller.abort(new CallCancelled()));
    }
    return this.controller.signal;
  }

  /**
   * Nobody waits any more. May be said again. A listener that throws is told of in the log, and keeps it neither from the others nor
   * from whoever says so, which may be the reading of a connection.
   */
  cancel(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const listener of this.listeners ?? []) hear(listener);
    this.listeners = undefined;
  }

  /** Calls `listener` when nobody waits any more, at once where that is so already. Answers how to stop listening. */
  onCancel(listener: () => void): () => void {
    if (this.isOver) {
      listener();
      return () => {};
    }
    this.listeners ??= new Set();
    this.listeners.add(listener);
    return () => void this.listeners?.delete(listener);
  }

  /** @throws CallCancelled when nobody waits any more */
  throwIfCancelled(): void {
    if (this.isOver) throw new CallCancelled();
  }
}

function hear(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    new Logger('Cancellation').error({ err: error }, 'A listener to the end of a query failed. The others were told.');
  }
}
