import { afterEach, describe, expect, test } from '@jest/globals';
import { command, type InputOf, Port, z } from '@macrolith/contract';
import {
  type AnyWorkflow,
  BootRefused,
  BootVerification,
  context,
  DurableRuns,
  defineModule,
  formatBootReport,
  InvalidWorkflow,
  LocalModule,
  MacrolithModule,
  type MacrolithOptions,
  runInContext,
  shapeOf,
  TaskQueue,
  UnitOfWork,
  WorkflowInTransaction,
  WorkflowNotOwned,
  Workflows,
  workflow,
} from '@macrolith/core';
import { Global, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { boot } from './boot.js';
import { OutOfStock, Shop, Warehouse, WarehouseService } from './warehouse.js';

/** The shop's own step. */
abstract class Ledger extends Port({
  name: 'shop.ledger',
  version: '0.1.0',
  operations: {
    write: command({ input: z.object({ text: z.string() }), output: z.object({ entry: z.int() }) }),
    strike: command({ input: z.object({ entry: z.int() }) }),
  },
}) {}

const Order = z.object({ sku: z.string(), quantity: z.int().positive() });
const Receipt = z.object({ entry: z.int(), left: z.int() });

const sell = workflow('shop.sell', { version: 1, input: Order, output: Receipt })
  .read('level', Warehouse.op.level, ({ input }) => ({ sku: input.sku }))
  .step('noted', Ledger.op.write, ({ input, level }) => ({ text: `${input.quantity} of ${level.quantity}` }))
  .compensate(Ledger.op.strike, ({ noted }) => ({ entry: noted.entry }))
  .pivot('taken', Warehouse.op.take, ({ input }) => input)
  .enqueue('recounted', Warehouse.op.recount, ({ input }) => ({ sku: input.sku, since: new Date(0) }))
  .result(({ noted, taken }) => ({ entry: noted.entry, left: taken.left }));

@Injectable()
class LedgerService implements Ledger {
  readonly entries: string[] = [];
  async write({ text }: InputOf<Ledger['write']>) {
    return { entry: this.entries.push(text) };
  }
  async strike({ entry }: InputOf<Ledger['strike']>) {
    this.entries[entry - 1] = 'struck';
  }
}

@Injectable()
class ShopService implements Shop {
  constructor(private readonly workflows: Workflows) {}
  async buy(input: InputOf<Shop['buy']>) {
    const { left } = await this.workflows.run(sell, input);
    return { left };
  }
}

const warehouse = defineModule(Warehouse, { owner: 'team-warehouse' });
const shop = defineModule(Shop, { owner: 'team-shop', uses: [Warehouse] });
@LocalModule(warehouse, { provider: WarehouseService })
class WarehouseModule {}
@LocalModule(shop, { provider: ShopService, internal: [[Ledger, LedgerService]], workflows: [sell] })
class ShopModule {}

/** Tells what a unit of work was asked for; no database is needed to see in which order a run acts. */
class TracedUnitOfWork extends UnitOfWork {
  readonly log: string[] = [];
  override async run<T>(work: () => Promise<T>): Promise<T> {
    const transaction = {
      savepoint: <R>(inner: () => Promise<R>) => {
        this.log.push('savepoint');
        return inner();
      },
      collect: () => {},
      afterCommit: () => {},
    };
    this.log.push('begin');
    try {
      const result = await runInContext({ transaction }, work);
      this.log.push('commit');
      return result;
    } catch (error) {
      this.log.push('rollback');
      throw error;
    }
  }
}

class Queue extends TaskQueue {
  readonly queued: { inTransaction: boolean; input: unknown }[] = [];
  override async enqueue(_from: string, _operation: unknown, input: unknown) {
    this.queued.push({ inTransaction: context.getStore()?.transaction !== undefined, input });
  }
}

@Global()
@Module({
  providers: [
    { provide: UnitOfWork, useClass: TracedUnitOfWork },
    { provide: TaskQueue, useClass: Queue },
  ],
  exports: [UnitOfWork, TaskQueue],
})
class Parts {}

let app: INestApplicationContext;
afterEach(() => app?.close());

describe.each(['local', 'loopback'] as const)('a run over the binding %s', (binding) => {
  test('is one transaction without savepoints, and answers with its result', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Parts, WarehouseModule, ShopModule]);
    expect(await app.get(Shop, { strict: false }).buy({ sku: 'lamp', quantity: 2 })).toEqual({ left: 1 });
    expect((app.get(UnitOfWork) as TracedUnitOfWork).log).toEqual(['begin', 'commit']);
    expect(app.get(LedgerService, { strict: false }).entries).toEqual(['2 of 3']);
  });

  test('queues its tasks inside the transaction', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Parts, WarehouseModule, ShopModule]);
    await app.get(Shop, { strict: false }).buy({ sku: 'lamp', quantity: 1 });
    expect((app.get(TaskQueue) as Queue).queued).toEqual([
      { inTransaction: true, input: { sku: 'lamp', since: new Date(0) } },
    ]);
  });

  test('that is refused rolls back, runs no compensation, and answers with the declared error', async () => {
    app = await boot([MacrolithModule.forRoot({ binding }), Parts, WarehouseModule, ShopModule]);
    const refusal = app.get(Shop, { strict: false }).buy({ sku: 'lamp', quantity: 9 });
    await expect(refusal).rejects.toThrow(OutOfStock);
    await expect(refusal).rejects.toMatchObject({ missing: 6 });
    expect((app.get(UnitOfWork) as TracedUnitOfWork).log).toEqual(['begin', 'rollback']);
    expect(app.get(LedgerService, { strict: false }).entries).not.toContain('struck');
    expect((app.get(TaskQueue) as Queue).queued).toEqual([]);
  });
});

test('a module runs its own workflows only', async () => {
  app = await boot([MacrolithModule.forRoot(), Parts, WarehouseModule, ShopModule]);
  const other = { ...sell, name: 'shop.other' };
  await expect(app.get(Workflows, { strict: false }).run(other, { sku: 'lamp', quantity: 1 })).rejects.toThrow(
    WorkflowNotOwned,
  );
});

test('a workflow that calls a port which its module does not declare keeps the shell from starting', async () => {
  const lonely = defineModule(Shop, { owner: 'team-shop' });
  @LocalModule(lonely, { provider: ShopService, internal: [[Ledger, LedgerService]], workflows: [sell] })
  class LonelyModule {}
  const refusal = await boot([MacrolithModule.forRoot(), Parts, WarehouseModule, LonelyModule]).catch(
    (e: unknown) => e,
  );
  expect((refusal as BootRefused).problems).toMatchObject([{ id: 'workflow-participant-undeclared', module: 'shop' }]);
});

describe('a workflow that one transaction cannot hold', () => {
  const fetch = workflow('shop.fetch', { version: 1, input: Order, output: z.object({ entry: z.int() }) })
    .step('noted', Ledger.op.write, ({ input }) => ({ text: input.sku }))
    .compensate(Ledger.op.strike, ({ noted }) => noted)
    .pivot('truck', Warehouse.op.orderTruck, ({ input }) => input)
    .result(({ noted }) => noted);

  @LocalModule(shop, { provider: ShopService, internal: [[Ledger, LedgerService]], workflows: [sell, fetch] })
  class FetchingShopModule {}

  /** Remembers what it was asked to run. */
  class Runs extends DurableRuns {
    readonly asked: unknown[] = [];
    keeps = true;
    override async run(module: string, { name }: AnyWorkflow, input: unknown) {
      this.asked.push({ module, name, input });
      return { entry: 1 };
    }
    override keepsRunsOf() {
      return this.keeps;
    }
  }
  const withRuns = (runs: DurableRuns) => {
    @Global()
    @Module({ providers: [{ provide: DurableRuns, useValue: runs }], exports: [DurableRuns] })
    class RunsModule {}
    return RunsModule;
  };
  const bootWith = (runs: DurableRuns, options: Partial<MacrolithOptions> = {}) =>
    boot([MacrolithModule.forRoot(options), Parts, withRuns(runs), WarehouseModule, FetchingShopModule]);
  const wish = { sku: 'lamp', quantity: 1 };

  test('is a durable run, beside others that are one transaction, and the boot report tells which is which', async () => {
    const runs = new Runs();
    app = await bootWith(runs);
    const workflows = app.get(Workflows, { strict: false });
    expect(await workflows.run(fetch, wish)).toEqual({ entry: 1 });
    await workflows.run(sell, wish);
    expect(runs.asked).toEqual([{ module: 'shop', name: 'shop.fetch', input: wish }]);

    const report = app.get(BootVerification).report();
    expect(report[1]!.workflows).toEqual([
      { name: 'shop.sell', version: 1, mode: 'collapsed' },
      { name: 'shop.fetch', version: 1, mode: 'durable' },
    ]);
    expect(formatBootReport(report).split('\n').slice(-3)).toEqual([
      'workflow    version  mode',
      'shop.sell   1        collapsed',
      'shop.fetch  1        durable',
    ]);
  });

  test('is what every workflow is where that is asked for', async () => {
    const runs = new Runs();
    app = await bootWith(runs, { workflows: 'durable' });
    await app.get(Workflows, { strict: false }).run(sell, wish);
    expect(runs.asked).toMatchObject([{ name: 'shop.sell' }]);
  });

  test('is refused inside a transaction, with what to do instead', async () => {
    app = await bootWith(new Runs());
    const inside = app.get(UnitOfWork).run(() => app.get(Workflows, { strict: false }).run(fetch, wish));
    await expect(inside).rejects.toThrow(WorkflowInTransaction);
    await expect(inside).rejects.toThrow(/enqueue a task that runs it/);
  });

  test('keeps the shell from starting where nothing runs it', async () => {
    const refusal = await boot([MacrolithModule.forRoot(), Parts, WarehouseModule, FetchingShopModule]).catch(
      (error: unknown) => error,
    );
    expect((refusal as BootRefused).problems).toMatchObject([{ id: 'durable-runs-missing', module: 'shop' }]);
    expect((refusal as Error).message).toContain('WorkflowModule.forRoot');
  });

  test('keeps the shell from starting where its owner has no tables for it', async () => {
    const runs = new Runs();
    runs.keeps = false;
    const refusal = await bootWith(runs).catch((error: unknown) => error);
    expect((refusal as BootRefused).problems).toMatchObject([{ id: 'durable-runs-without-tables', module: 'shop' }]);
    expect((refusal as Error).message).toContain('Add durableWorkflows()');
  });
});

test('a workflow is a value that tells its participants, its errors and its shape', () => {
  expect(sell.participants).toEqual(['warehouse', 'shop.ledger']);
  expect(sell.errors).toEqual([OutOfStock]);
  expect(shapeOf(sell)).toBe(
    [
      'read level=warehouse.level',
      'step noted=shop.ledger.write / shop.ledger.strike',
      'pivot taken=warehouse.take',
      'task recounted=warehouse.recount',
    ].join('\n'),
  );
});

describe('a workflow is refused when it is defined', () => {
  const begin = (name = 'shop.bad', version = 1) => workflow(name, { version, input: Order, output: Receipt });
  const receipt = () => ({ entry: 1, left: 1 });
  const problemsOf = (define: () => AnyWorkflow): string => {
    try {
      define();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidWorkflow);
      return (error as Error).message;
    }
    throw new Error('was accepted');
  };

  test.each<[string, () => AnyWorkflow, RegExp]>([
    ['without steps', () => begin().result(receipt), /has no steps/],
    [
      'with a name that names no module',
      () =>
        begin('sell')
          .pivot('taken', Warehouse.op.take, ({ input }) => input)
          .result(receipt),
      /'<module>\.<workflow>'/,
    ],
    [
      'with a version that is no whole number',
      () =>
        begin('shop.bad', 0.5)
          .pivot('taken', Warehouse.op.take, ({ input }) => input)
          .result(receipt),
      /whole number/,
    ],
    [
      'with a step that cannot be taken back',
      () => (begin().step('taken', Warehouse.op.take, ({ input }) => input) as any).result(receipt),
      /does not say how it is taken back/,
    ],
    [
      'with two steps of one name',
      () =>
        begin()
          .read('level', Warehouse.op.level, ({ input }) => input)
          // @ts-expect-error the name is taken
          .read('level', Warehouse.op.level, ({ input }) => input)
          .result(receipt),
      /an earlier step has this name/,
    ],
    [
      'with a query as a step',
      () =>
        begin()
          // @ts-expect-error a query is no command
          .pivot('level', Warehouse.op.level, ({ input }) => input)
          .result(receipt),
      /a pivot calls a command/,
    ],
    [
      'with a command that may be refused after the pivot',
      () =>
        begin()
          .pivot('noted', Ledger.op.write, () => ({ text: '' }))
          // @ts-expect-error it declares an error
          .retriable('taken', Warehouse.op.take, ({ input }) => input)
          .result(receipt),
      /may be refused, and after the pivot/,
    ],
  ])('%s', (_, define, problem) => {
    expect(problemsOf(define)).toMatch(problem);
  });

  test('with an input that cannot be stored', () => {
    const define = () =>
      workflow('shop.bad', { version: 1, input: z.object({ at: z.date() }), output: Receipt })
        .pivot('noted', Ledger.op.write, () => ({ text: '' }))
        .result(receipt);
    expect(problemsOf(define)).toMatch(/Input of the workflow shop\.bad/);
  });
});
