import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Operation } from '@macrolith/contract';
import {
  currentContext,
  defineModule,
  ExternalCommandInTransaction,
  IdempotencyStore,
  LocalModule,
  MacrolithModule,
  MissingPart,
  runInContext,
  TaskQueue,
  type Transaction,
} from '@macrolith/core';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { boot } from './boot.js';
import { Warehouse, WarehouseService } from './warehouse.js';

const manifest = defineModule(Warehouse, { owner: 'team-warehouse' });
@LocalModule(manifest, { provider: WarehouseService })
class WarehouseModule {}

class RememberingStore extends IdempotencyStore {
  readonly outcomes = new Map<string, unknown>();
  override async once(operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>) {
    const id = `${operation.id} ${key}`;
    if (!this.outcomes.has(id)) this.outcomes.set(id, await work());
    return this.outcomes.get(id);
  }
  override async onceApart(operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>) {
    const id = `${operation.id} ${key}`;
    if (!this.outcomes.has(id)) this.outcomes.set(id, await work());
    return this.outcomes.get(id);
  }
}

class RememberingQueue extends TaskQueue {
  readonly tasks: unknown[] = [];
  override async enqueue(from: string, operation: Operation, input: unknown) {
    this.tasks.push({ from, operation: operation.id, input });
  }
}

@Global()
@Module({
  providers: [
    { provide: IdempotencyStore, useClass: RememberingStore },
    { provide: TaskQueue, useClass: RememberingQueue },
  ],
  exports: [IdempotencyStore, TaskQueue],
})
class Stores {}

function transaction(): Transaction & { savepoints: number } {
  return {
    savepoints: 0,
    savepoint(work) {
      this.savepoints += 1;
      return work();
    },
    collect: () => {},
    afterCommit: () => {},
  };
}

let app: INestApplicationContext;
afterEach(() => app.close());

describe.each(['local', 'loopback'] as const)('a command over the binding %s', (binding) => {
  test('opens a savepoint in a running transaction, and a query does not', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), WarehouseModule]);
    const port = app.get(Warehouse, { strict: false });
    const running = transaction();
    await runInContext({ transaction: running }, async () => {
      await port.level({ sku: 'lamp' });
      expect(running.savepoints).toBe(0);
      await port.take({ sku: 'lamp', quantity: 1 });
    });
    expect(running.savepoints).toBe(1);
  });

  test('that acts outside the database is refused in a transaction, and works without one', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), WarehouseModule]);
    const port = app.get(Warehouse, { strict: false });
    const refusal = runInContext({ transaction: transaction() }, () => port.orderTruck({ sku: 'lamp' }));
    await expect(refusal).rejects.toThrow(ExternalCommandInTransaction);
    await expect(refusal).rejects.toThrow(/before the transaction starts or after it has committed/);
    await port.orderTruck({ sku: 'lamp' });
    expect(app.get(WarehouseService, { strict: false }).received).toEqual([{ sku: 'lamp' }]);
  });

  test('with an idempotency key acts once and answers the same', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    const port = app.get(Warehouse, { strict: false });
    const take = () => runInContext({ idempotencyKey: 'k1' }, () => port.take({ sku: 'lamp', quantity: 1 }));
    expect(await take()).toEqual({ left: 2 });
    expect(await take()).toEqual({ left: 2 });
    expect(await port.take({ sku: 'lamp', quantity: 1 })).toEqual({ left: 1 });
  });

  test('does not hand its key to the commands that it calls', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    const service = app.get(WarehouseService, { strict: false });
    const seen = jest.fn();
    service.putBack = async () => {
      seen(currentContext().idempotencyKey);
    };
    const port = app.get(Warehouse, { strict: false });
    await runInContext({ idempotencyKey: 'k1' }, () => port.putBack({ sku: 'lamp', quantity: 1 }));
    expect(seen).toHaveBeenCalledWith(undefined);
  });

  test('with a key, where no store is installed, is refused with the remedy', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), WarehouseModule]);
    const port = app.get(Warehouse, { strict: false });
    const call = runInContext({ idempotencyKey: 'k1' }, () => port.take({ sku: 'lamp', quantity: 1 }));
    await expect(call).rejects.toThrow(MissingPart);
    await expect(call).rejects.toThrow(/DatabaseModule\.forRoot/);
  });

  test('that is a task is queued for later in the name of the caller', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    const since = new Date(0);
    await app.get(Warehouse, { strict: false }).recount({ sku: 'lamp', since });
    expect((app.get(TaskQueue) as RememberingQueue).tasks).toEqual([
      { from: 'warehouse', operation: 'warehouse.recount', input: { sku: 'lamp', since } },
    ]);
  });
});
