import { afterEach, describe, expect, test } from '@jest/globals';
import {
  BootRefused,
  BootVerification,
  CalledBeforeBoot,
  defineModule,
  formatBootReport,
  InstalledModules,
  InvalidManifest,
  LocalModule,
  MacrolithModule,
  ModuleNameTaken,
  PlatformNotInstalled,
} from '@macrolith/core';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { inDependencyOrder } from '../src/installed-modules.js';
import { PortHandle } from '../src/port-handle.js';
import { boot } from './boot.js';
import { Shop, Warehouse, WarehouseService } from './warehouse.js';

@Injectable()
class ShopService implements Shop {
  constructor(readonly warehouse: Warehouse) {}
  buy(input: { sku: string; quantity: number }) {
    return this.warehouse.take(input);
  }
}

const warehouse = defineModule(Warehouse, { owner: 'team-warehouse' });
const shop = defineModule(Shop, { owner: 'team-shop', uses: [Warehouse] });
@LocalModule(warehouse, { provider: WarehouseService })
class WarehouseModule {}
@LocalModule(shop, { provider: ShopService })
class ShopModule {}

let app: INestApplicationContext | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

test('modules find each other whatever the order of the list', async () => {
  app = await boot([ShopModule, WarehouseModule, MacrolithModule.forRoot()]);
  expect(await app.get(Shop, { strict: false }).buy({ sku: 'lamp', quantity: 1 })).toEqual({ left: 2 });
});

test('the installed modules are known in dependency order', async () => {
  app = await boot([MacrolithModule.forRoot(), ShopModule, WarehouseModule]);
  expect(app.get(InstalledModules).all.map(({ manifest }) => manifest.name)).toEqual(['warehouse', 'shop']);
});

test('the boot report tells modules, versions, owners and bindings', async () => {
  app = await boot([MacrolithModule.forRoot({ binding: 'loopback' }), ShopModule, WarehouseModule]);
  const report = app.get(BootVerification).report();
  expect(report).toEqual([
    {
      module: 'warehouse',
      version: '1.2.0',
      owner: 'team-warehouse',
      binding: 'loopback',
      schema: 'warehouse',
      uses: [],
      hears: [],
      workflows: [],
    },
    {
      module: 'shop',
      version: '0.1.0',
      owner: 'team-shop',
      binding: 'loopback',
      schema: 'shop',
      uses: ['warehouse'],
      hears: [],
      workflows: [],
    },
  ]);
  expect(formatBootReport(report)).toBe(
    [
      'module     version  binding   owner           schema     uses',
      'warehouse  1.2.0    loopback  team-warehouse  warehouse  -',
      'shop       0.1.0    loopback  team-shop       shop       warehouse',
    ].join('\n'),
  );
});

describe('a shell does not start', () => {
  test('when a module uses a port that nothing provides', async () => {
    const refusal = await boot([MacrolithModule.forRoot(), ShopModule]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BootRefused);
    expect((refusal as BootRefused).problems).toMatchObject([
      { id: 'port-not-bound', module: 'shop', owner: 'team-shop' },
    ]);
    expect((refusal as Error).message).toContain("Add the module 'warehouse' to the shell's list");
  });

  test('when a provider lacks an operation', async () => {
    class HalfAWarehouse {
      async level() {}
    }
    @LocalModule(warehouse, { provider: HalfAWarehouse as never })
    class HalfModule {}
    const refusal = await boot([MacrolithModule.forRoot(), HalfModule]).catch((error: unknown) => error);
    expect((refusal as BootRefused).problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('warehouse.take'), expect.stringContaining('warehouse.recount')]),
    );
  });

  test('without the platform', async () => {
    await expect(boot([WarehouseModule])).rejects.toThrow(PlatformNotInstalled);
  });

  test('when two modules claim one schema', async () => {
    const other = defineModule(Shop, { owner: 'team-shop', schema: 'warehouse', uses: [Warehouse] });
    @LocalModule(other, { provider: ShopService })
    class OtherModule {}
    await expect(boot([MacrolithModule.forRoot(), WarehouseModule, OtherModule])).rejects.toThrow(ModuleNameTaken);
  });
});

test('a port that is called before its provider is linked says when to call it', async () => {
  const early = new PortHandle(Warehouse, 'shop').object as Warehouse;
  await expect(early.level({ sku: 'lamp' })).rejects.toThrow(CalledBeforeBoot);
  await expect(early.level({ sku: 'lamp' })).rejects.toThrow(/Call it in onModuleInit or later/);
});

describe('a manifest is refused', () => {
  test.each([
    ['without an owner', { owner: ' ' }, 'names no owner'],
    ['with a schema of PostgreSQL', { owner: 'a', schema: 'pg_catalog' }, 'schema'],
    ['with the public schema', { owner: 'a', schema: 'public' }, 'schema'],
    ['with a schema that is no plain name', { owner: 'a', schema: 'x; drop' }, 'schema'],
    ['that uses its own port', { owner: 'a', uses: [Shop] }, 'its own port'],
  ])('%s', (_, options, problem) => {
    expect(() => defineModule(Shop, options)).toThrow(InvalidManifest);
    expect(() => defineModule(Shop, options)).toThrow(problem);
  });
});

test('modules that use each other are ordered by name, the same in every process', () => {
  const port = (name: string) => ({ contract: { name } }) as never;
  const module = (name: string, uses: string[]) => ({ manifest: { name, uses: uses.map(port) } }) as never;
  const order = (modules: never[]) => inDependencyOrder(modules).map(({ manifest }) => manifest.name);
  const [a, b, c] = [module('a', ['b']), module('b', ['a', 'c']), module('c', [])];
  expect(order([a!, b!, c!])).toEqual(['c', 'b', 'a']);
  expect(order([c!, b!, a!])).toEqual(['c', 'b', 'a']);
});
