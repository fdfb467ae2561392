import type { Collector } from '@macrolith/core';
import type { Scope } from './scope.js';
import { ScopedList } from './scoped-list.js';

/**
 * A collector whose `flush` sends all its statements before it first awaits, and can fail in nothing else. They then
 * travel together with COMMIT, so that writing the items costs no round trip.
 */
export interface PipelinedCollector<T> extends Collector<T> {
  readonly sendsAtOnce: true;
}

interface Collected {
  readonly collector: Collector<unknown>;
  readonly item: unknown;
}

/** What a transaction gathered to be written right before its COMMIT. */
export class CollectedItems {
  private readonly items = new ScopedList<Collected>();

  get isEmpty(): boolean {
    return this.items.isEmpty;
  }

  add(scope: Scope, collector: Collector<unknown>, item: unknown): void {
    this.items.add(scope, { collector, item });
  }

  /** Forgets what was collected in `scope` and in the scopes inside it. */
  drop(scope: Scope): void {
    this.items.drop(scope);
  }

  /** Hands out all items by collector, each in the order in which they were collected, and is empty. */
  take(): Batches {
    const batches = new Map<Collector<unknown>, unknown[]>();
    for (const { collector, item } of this.items.take()) {
      const batch = batches.get(collector);
      if (batch === undefined) batches.set(collector, [item]);
      else batch.push(item);
    }
    return new Batches([...batches]);
  }
}

/** Items that are about to be written. */
export class Batches {
  constructor(private readonly batches: readonly (readonly [Collector<unknown>, readonly unknown[]])[]) {}

  /** Whether every statement is sent when `flush` has returned. */
  get areSentAtOnce(): boolean {
    return this.batches.every(
      ([collector]) => (collector as Partial<PipelinedCollector<unknown>>).sendsAtOnce === true,
    );
  }

  async flush(): Promise<void> {
    await Promise.all(this.batches.map(([collector, items]) => collector.flush(items)));
  }
}
