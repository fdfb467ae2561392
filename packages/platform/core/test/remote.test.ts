import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnyPort, encodeError, InvalidInput, type Operation, UnexpectedError } from '@macrolith/contract';
import {
  BootRefused,
  BootVerification,
  type CallEdge,
  defineModule,
  EventsInDatabase,
  formatBootReport,
  LocalModule,
  MacrolithModule,
  type ModuleFeature,
  PlatformNotInstalled,
  PortRegistry,
  type RemoteAnswer,
  RemoteCalls,
  RemoteCommandInTransaction,
  RemoteModule,
  RemotePorts,
  runInContext,
  type SendCall,
  TaskQueue,
  type Transaction,
} from '@macrolith/core';
import { Global, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { boot } from './boot.js';
import { OutOfStock, Shop, Warehouse } from './warehouse.js';

const since = new Date('2026-01-01T00:00:00.000Z');

/** A wire with an end in this process: it writes down what is sent, and answers as it is told. */
@Injectable()
class Wire extends RemoteCalls {
  readonly sent: { to: string; from: string; input: unknown; key: string | undefined }[] = [];
  answer: RemoteAnswer = { output: { quantity: 3, since: since.toISOString(), tags: [] } };

  override sender(_port: AnyPort, operation: Operation, edge: CallEdge): SendCall {
    return async (input, key) => {
      this.sent.push({ to: operation.id, from: edge.from, input, key });
      return this.answer;
    };
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
    { provide: RemoteCalls, useClass: Wire },
    { provide: TaskQueue, useClass: RememberingQueue },
  ],
  exports: [RemoteCalls, TaskQueue],
})
class Transport {}

const manifest = defineModule(Warehouse, { owner: 'team-warehouse', uses: [Shop] });
@RemoteModule(manifest)
class WarehouseModule {}

@Injectable()
class ShopService implements Shop {
  constructor(readonly warehouse: Warehouse) {}
  buy(input: { sku: string; quantity: number }) {
    return this.warehouse.take(input);
  }
}
@LocalModule(defineModule(Shop, { owner: 'team-shop', uses: [Warehouse] }), { provider: ShopService })
class ShopModule {}

let app: INestApplicationContext | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function shop() {
  app = await boot([MacrolithModule.forRoot(), Transport, ShopModule, WarehouseModule]);
  return {
    wire: app.get(RemoteCalls) as Wire,
    tasks: (app.get(TaskQueue) as RememberingQueue).tasks,
    warehouse: app.get(ShopService, { strict: false }).warehouse,
  };
}

const transaction: Transaction = { savepoint: (work) => work(), collect: () => {}, afterCommit: () => {} };
const inTransaction = <T>(work: () => T) => runInContext({ transaction }, work);

describe('a port whose provider is in another process', () => {
  test('is asked in wire form, in the name of the module that calls, and answers values', async () => {
    const { wire, warehouse } = await shop();

    expect(await warehouse.level({ sku: 'lamp' })).toEqual({ quantity: 3, since, tags: [] });
    expect(wire.sent).toEqual([{ to: 'warehouse.level', from: 'shop', input: { sku: 'lamp' }, key: undefined }]);
  });

  test('answers a declared error as its class', async () => {
    const { wire, warehouse } = await shop();
    wire.answer = { error: encodeError(Warehouse.op.take, new OutOfStock({ sku: 'lamp', missing: 2 }))! };

    const refusal = await warehouse.take({ sku: 'lamp', quantity: 5 }).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(OutOfStock);
    expect(refusal).toMatchObject({ sku: 'lamp', missing: 2 });
  });

  test('answers every other error as an unexpected one that names the trace', async () => {
    const { wire, warehouse } = await shop();
    const trace = '0af7651916cd43dd8448eb211c80319c';

    wire.answer = { failedInTrace: trace };
    const failure = await warehouse.level({ sku: 'lamp' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnexpectedError);
    expect(failure).toMatchObject({ operation: 'warehouse.level', traceId: trace });

    wire.answer = { error: { code: 'warehouse.of-a-newer-version', message: '', fields: {} } };
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;
    const unknown = runInContext({ traceparent }, () => warehouse.level({ sku: 'lamp' })).catch((error) => error);
    expect(await unknown).toBeInstanceOf(UnexpectedError);
    expect(await unknown).toMatchObject({ operation: 'warehouse.level', traceId: trace });
    expect((await unknown).cause.message).toContain('warehouse.of-a-newer-version');
  });

  test('does not get an argument that its contract refuses', async () => {
    const { wire, warehouse } = await shop();

    await expect(warehouse.take({ sku: 'lamp', quantity: -1 })).rejects.toThrow(InvalidInput);
    expect(wire.sent).toEqual([]);
  });
});

describe('a command of a remote module', () => {
  test('has the key of its caller, or one of its own for each call', async () => {
    const { wire, warehouse } = await shop();
    wire.answer = { output: { left: 1 } };
    const take = () => warehouse.take({ sku: 'lamp', quantity: 1 });

    await runInContext({ idempotencyKey: 'wish' }, take);
    await runInContext({ idempotencyKey: 'held', heldKey: 'held' }, take);
    await take();

    const keys = wire.sent.map(({ key }) => key);
    expect(keys[0]).toBe('wish');
    expect(new Set(keys).size).toBe(3);
    expect(keys.slice(1)).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  test('is refused inside a transaction, with what to do instead', async () => {
    const { wire, warehouse } = await shop();

    const refusal = await inTransaction(() => warehouse.take({ sku: 'lamp', quantity: 1 })).catch((error) => error);

    expect(refusal).toBeInstanceOf(RemoteCommandInTransaction);
    expect(refusal).toMatchObject({ operation: 'warehouse.take' });
    expect((refusal as Error).message).toMatch(/step of a workflow.*task/);
    expect(wire.sent).toEqual([]);
  });
});

test('a query of a remote module may be asked inside a transaction', async () => {
  const { warehouse } = await shop();

  expect(await inTransaction(() => warehouse.level({ sku: 'lamp' }))).toMatchObject({ quantity: 3 });
});

test('a task of a remote module is queued here, and done there when its time has come', async () => {
  const { wire, tasks, warehouse } = await shop();

  await inTransaction(() => warehouse.recount({ sku: 'lamp', since }));
  expect(tasks).toEqual([{ from: 'shop', operation: 'warehouse.recount', input: { sku: 'lamp', since } }]);
  expect(wire.sent).toEqual([]);

  wire.answer = { output: null };
  const perform = app!.get(PortRegistry).performing(Warehouse.op.recount, 'shop')!;
  expect(await perform({ sku: 'lamp', since })).toBeUndefined();
  expect(wire.sent).toMatchObject([{ to: 'warehouse.recount', from: 'shop', input: { sku: 'lamp' } }]);
});

describe('a shell with a remote module', () => {
  test('tells so in its boot report, and does not ask for what the module uses', async () => {
    app = await boot([MacrolithModule.forRoot(), Transport, WarehouseModule]);

    expect(formatBootReport(app.get(BootVerification).report())).toBe(
      [
        'module     version  binding  owner           schema     uses',
        'warehouse  1.2.0    remote   team-warehouse  warehouse  shop',
      ].join('\n'),
    );
  });

  test('does not start without a transport', async () => {
    const refusal = await boot([MacrolithModule.forRoot(), WarehouseModule]).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(BootRefused);
    expect((refusal as BootRefused).problems).toMatchObject([{ id: 'transport-missing', module: 'warehouse' }]);
    expect((refusal as Error).message).toContain('NatsModule.forRoot(…)');
  });

  test('does not start without the platform', async () => {
    await expect(boot([WarehouseModule])).rejects.toThrow(PlatformNotInstalled);
  });
});

describe('Where events stay in the database, a shell whose module is elsewhere', () => {
  const hearsIt: ModuleFeature = { name: 'ears', hears: [Warehouse.event.emptied], providers: () => [] };

  /** The shop, with a feature, and a database in which the warehouse has asked for these events. */
  async function start(
    { asked = [] as readonly string[], travelledBefore = false, features = [] as readonly ModuleFeature[] },
    modules = [WarehouseModule],
  ) {
    @LocalModule(defineModule(Shop, { owner: 'team-shop', uses: [Warehouse] }), { provider: ShopService, features })
    class ListeningShop {}
    @Global()
    @Module({
      providers: [{ provide: EventsInDatabase, useValue: { travelledBefore, askedForBy: () => asked } }],
      exports: [EventsInDatabase],
    })
    class KeptEvents {}
    const bound = modules.length === 0 ? [RemotePorts.of([Warehouse])] : modules;
    app = await boot([MacrolithModule.forRoot(), Transport, KeptEvents, ListeningShop, ...bound]);
  }
  const refusalOf = (starting: Promise<void>) => starting.then(() => undefined).catch((error: BootRefused) => error);

  test.each([
    ['it is heard here', { features: [hearsIt] }, `'shop' would never hear its warehouse.emptied.v1.`],
    ['it has heard what is said here', { asked: ['shop.sold'] }, 'it would never hear shop.sold of this process.'],
    [
      'events have travelled there',
      { travelledBefore: true },
      'until now they have travelled, and it may hear some of them.',
    ],
  ])('does not start when %s', async (_, surroundings, loss) => {
    const refusal = await refusalOf(start(surroundings));

    expect(refusal).toBeInstanceOf(BootRefused);
    expect(refusal!.problems).toEqual([
      {
        id: 'events-stay-in-database',
        module: 'warehouse',
        owner: 'team-warehouse',
        message: `is imported from '/remote', and events stay in the database: ${loss}`,
        remedy: expect.stringContaining(`Import EventsModule from '@macrolith/events/nats' in the shell`),
      },
    ]);
  });

  test('starts when neither hears the other', async () => {
    expect(await refusalOf(start({}))).toBeUndefined();
  });

  test('starts when only its port is called there: its module may be in this database all the same', async () => {
    expect(
      await refusalOf(start({ asked: ['shop.sold'], travelledBefore: true, features: [hearsIt] }, [])),
    ).toBeUndefined();
  });
});

test('a port that is not bound can be bound by either import', async () => {
  const refusal = await boot([MacrolithModule.forRoot(), ShopModule]).catch((error: unknown) => error);

  expect((refusal as BootRefused).problems[0]!.remedy).toMatch(/'\/local'.*'\/remote'/);
});

test('a port may be remote without its module: nothing of it is served here', async () => {
  app = await boot([MacrolithModule.forRoot(), Transport, ShopModule, RemotePorts.of([Warehouse])]);

  expect(await app.get(ShopService, { strict: false }).warehouse.level({ sku: 'lamp' })).toMatchObject({ quantity: 3 });
  expect(
    app
      .get(BootVerification)
      .report()
      .map(({ module }) => module),
  ).toEqual(['shop']);
});
