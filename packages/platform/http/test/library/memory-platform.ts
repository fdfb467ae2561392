import type { Operation } from '@macrolith/contract';
import { IdempotencyStore, PlatformError, PortRegistry, TaskQueue } from '@macrolith/core';
import { Global, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/** What the data layer raises. */
class KeyReused extends PlatformError {
  readonly code = 'macrolith.idempotency-key-reused';
}

/** Outcomes of keyed commands in memory, in place of the data layer's table. */
export class MemoryIdempotencyStore extends IdempotencyStore {
  readonly outcomes = new Map<string, { readonly input: string; readonly outcome: unknown }>();

  override async once(
    operation: Operation,
    key: string,
    input: unknown,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const text = JSON.stringify(input);
    const stored = this.outcomes.get(`${operation.id} ${key}`);
    if (stored !== undefined && stored.input !== text) throw new KeyReused('This key was used for another input.');
    if (stored !== undefined) return stored.outcome;
    const outcome = await work();
    this.outcomes.set(`${operation.id} ${key}`, { input: text, outcome });
    return outcome;
  }

  override onceApart(
    operation: Operation,
    key: string,
    input: unknown,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.once(operation, key, input, work);
  }
}

/** Runs a task at once, in place of the outbox. */
class ImmediateTaskQueue extends TaskQueue {
  constructor(private readonly modules: ModuleRef) {
    super();
  }

  override async enqueue(_from: string, operation: Operation<'task'>, input: unknown): Promise<void> {
    await this.modules.get(PortRegistry, { strict: false }).providerOf(operation.port)?.[operation.name]?.(input);
  }
}

@Global()
@Module({
  providers: [
    { provide: IdempotencyStore, useClass: MemoryIdempotencyStore },
    { provide: TaskQueue, useFactory: (modules: ModuleRef) => new ImmediateTaskQueue(modules), inject: [ModuleRef] },
  ],
  exports: [IdempotencyStore, TaskQueue],
})
export class MemoryPlatform {}
