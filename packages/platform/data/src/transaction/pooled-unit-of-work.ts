import {
  currentContext,
  follow,
  type IsolationLevel,
  runInContext,
  UnitOfWork,
  type UnitOfWorkOptions,
  workHook,
} from '@macrolith/core';
import { IsolationMismatch } from '../errors/unit-of-work-errors.js';
import type { SharedPool } from '../pool/shared-pool.js';
import { runningScope } from './scope.js';
import { TransactionSession } from './transaction-session.js';

/** Units of work on one shared pool. */
export class PooledUnitOfWork extends UnitOfWork {
  constructor(private readonly pool: SharedPool) {
    super();
  }

  override run<T>(work: () => Promise<T>, { isolation }: UnitOfWorkOptions = {}): Promise<T> {
    const running = runningScope();
    if (running === undefined || running.session.pool !== this.pool) return this.startFollowed(work, isolation);
    const level = running.session.isolation;
    if (isolation !== undefined && isolation !== level) return Promise.reject(new IsolationMismatch(level, isolation));
    return running.savepoint(work);
  }

  private startFollowed<T>(work: () => Promise<T>, isolation: IsolationLevel | undefined): Promise<T> {
    if (workHook.current === undefined) return this.start(work, isolation);
    const { traceparent } = currentContext();
    return follow(
      () => ({ kind: 'transaction', traceparent }),
      (changes) =>
        changes.traceparent === undefined
          ? this.start(work, isolation)
          : runInContext(changes, () => this.start(work, isolation)),
    );
  }

  private async start<T>(work: () => Promise<T>, isolation: IsolationLevel | undefined): Promise<T> {
    const session = new TransactionSession(this.pool, isolation);
    let result: T;
    try {
      result = await session.root.run(work);
    } catch (error) {
      await session.rollback();
      throw error;
    }
    await session.commit();
    return result;
  }
}
