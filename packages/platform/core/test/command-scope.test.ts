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
  WorkflowInTransaction,
} from '@macrolith/core';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { boot } from './boot.js';
import { Warehouse, WarehouseService } from './warehouse.js';

const manifest = defineModule(Warehouse, { owner: 'team-warehouse' });
@LocalModule(manifest, { provider: WarehouseService })
class WarehouseModule {}

class RememberingStore extends IdempotencyStore {
  readonly outcomes = new Map<string, unknown>();
  readonly apart: string[] = [];
  override async once(operation: Operation, key: string, _input: unknown, work: () => Promise<unknown>) {
    const id = `${operation.id} ${key}`;
    if (!this.outcomes.has(id)) this.outcomes.set(id, await work());
    return this.outcomes.get(id);
  }
  override onceApart(operation: Operation, key: string, input: unknown, work: () => Promise<unknown>) {
    this.apart.push(operation.id);
    return this.once(operation, key, input, work);
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

  test('that acts outside the database is called apart under its key, and finds it', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    const seen = jest.fn();
    app.get(WarehouseService, { strict: false }).orderTruck = async () => {
      seen(currentContext().idempotencyKey);
    };
    const port = app.get(Warehouse, { strict: false });
    await runInContext({ idempotencyKey: 'k1' }, () => port.orderTruck({ sku: 'lamp' }));
    expect(seen).toHaveBeenCalledWith('k1');
    expect((app.get(IdempotencyStore) as RememberingStore).apart).toEqual(['warehouse.orderTruck']);
  });

  test('that is refused in its transaction for a durable workflow of its own module is called apart, and the next one is tried in its transaction again', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    const seen: unknown[] = [];
    app.get(WarehouseService, { strict: false }).putBack = async () => {
      const { idempotencyKey } = currentContext();
      seen.push(idempotencyKey);
      if (idempotencyKey === undefined) throw new WorkflowInTransaction('warehouse', 'warehouse.fetch');
    };
    const port = app.get(Warehouse, { strict: false });
    for (const key of ['k1', 'k2']) {
      await runInContext({ idempotencyKey: key }, () => port.putBack({ sku: 'lamp', quantity: 1 }));
    }
    expect(seen).toEqual([undefined, 'k1', undefined, 'k2']);
  });

  test('that runs a durable workflow of another module inside its transaction stays refused', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Stores, WarehouseModule]);
    app.get(WarehouseService, { strict: false }).putBack = async () => {
      throw new WorkflowInTransaction('shop', 'shop.fetch');
    };
    const port = app.get(Warehouse, { strict: false });
    const call = runInContext({ idempotencyKey: 'k1' }, () => port.putBack({ sku: 'lamp', quantity: 1 }));
    await expect(call).rejects.toThrow(WorkflowInTransaction);
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
