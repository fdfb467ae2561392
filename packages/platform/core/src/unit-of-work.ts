/** SQL's isolation levels that PostgreSQL tells apart. */
export type IsolationLevel = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

export interface UnitOfWorkOptions {
  /** Only where the unit of work starts; joining one of another level is refused. Default: READ COMMITTED. */
  readonly isolation?: IsolationLevel;
}

/** Runs work in one database transaction across all modules. The DI token; `@macrolith/data` provides it. */
export abstract class UnitOfWork {
  /** Starts a transaction, or joins the running one under a savepoint. Commits when `work` resolves, rolls back when it throws. */
  abstract run<T>(work: () => Promise<T>, options?: UnitOfWorkOptions): Promise<T>;
}
