import type { AnyPort, Operation } from '@macrolith/contract';
import { IdempotencyStore } from './idempotency-store.js';
import { PlatformError } from './platform-error.js';
import { RemoteCalls, type SendCall } from './remote-calls.js';
import { TaskQueue } from './task-queue.js';
import { UnitOfWork } from './unit-of-work.js';

/** A call needs a part of the platform that this shell does not install. */
export class MissingPart extends PlatformError {
  readonly code = 'macrolith.missing-part';
  constructor(
    readonly operation: string,
    need: string,
    remedy: string,
  ) {
    super(`${operation} needs ${need}, and this shell has none. ${remedy}`);
  }
}

const DATABASE = 'Import DatabaseModule.forRoot(…) of @macrolith/data in the shell.';

/** Stands where no database is installed: commands work, keyed commands are refused. */
export class NoIdempotencyStore extends IdempotencyStore {
  override once(operation: Operation): Promise<never> {
    return Promise.reject(new MissingPart(operation.id, 'a store of outcomes for its idempotency key', DATABASE));
  }

  override onceApart(operation: Operation): Promise<never> {
    return this.once(operation);
  }
}

/** Stands where no outbox is installed. */
export class NoTaskQueue extends TaskQueue {
  override enqueue(_from: string, operation: Operation): Promise<never> {
    const remedy = 'Import EventsModule.forRoot(…) of @macrolith/events/local in the shell.';
    return Promise.reject(new MissingPart(operation.id, 'an outbox to be queued in', remedy));
  }
}

/** Stands where no transport is installed. */
export class NoRemoteCalls extends RemoteCalls {
  override sender(_port: AnyPort, operation: Operation): SendCall {
    const remedy = 'Import NatsModule.forRoot(…) of @macrolith/nats in the shell.';
    return () => Promise.reject(new MissingPart(operation.id, 'a transport to the process that provides it', remedy));
  }
}

/** Stands where no database is installed. */
export class NoUnitOfWork extends UnitOfWork {
  override run(): Promise<never> {
    return Promise.reject(new MissingPart('A unit of work', 'a database', DATABASE));
  }
}
