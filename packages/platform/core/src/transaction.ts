/**
 * Gathers items while a transaction runs, and writes them all at once right before it commits: the outbox
 * writes the events of a whole unit of work in one statement this way.
 */
export interface Collector<T> {
  /** Called once per transaction, inside it, with the items of every scope that was kept, in the order of `collect`. */
  flush(items: readonly T[]): Promise<void>;
}

/** The database transaction that a call runs in, as far as packages without a database library need to know it. */
export interface Transaction {
  /** Runs `work` under a savepoint: when it throws, its changes and collected items are undone and the transaction stays usable. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** Keeps `item` for `collector` until right before COMMIT. It is dropped with the savepoint it was collected in. */
  collect<T>(collector: Collector<T>, item: T): void;
  /** Runs `work` once the transaction has committed; never when it rolled back. `work` must not throw. */
  afterCommit(work: () => void): void;
}
