import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { BootRefused, callHook, InstalledModules, RemoteCommandInTransaction, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { EndedBeforeReady, TEST_SERVER_VARIABLE } from '@macrolith/local-services';
import { Injectable, Module, type Type } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { type BootModuleOptions, bootModule, eventually, FakeClock, type RunningModules } from '../src/index.js';
import { ModuleNotFound, orderedModules } from '../src/ordered-modules.js';
import { Bakery, BakeryModule } from './village/bakery.js';
import { FakeMill, Mill, MillModule, OutOfFlour } from './village/mill.js';

const booted: RunningModules[] = [];
async function boot(modules: Type | readonly Type[], options?: BootModuleOptions): Promise<RunningModules> {
  const running = await bootModule(modules, options);
  booted.push(running);
  return running;
}
afterEach(async () => {
  for (const modules of booted.splice(0)) await modules.close();
});

let server: pg.Client;
beforeEach(async () => {
  server = new pg.Client(process.env[TEST_SERVER_VARIABLE]);
  await server.connect();
});
afterEach(() => server.end());

/** Databases and roles of tests. Other test files run at the same time, so only names that are asked for count. */
async function isThere(name: string): Promise<boolean> {
  const { rows } = await server.query(
    'SELECT datname FROM pg_database WHERE datname = $1 UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)',
    [name],
  );
  return rows.length > 0;
}

const nameOf = (modules: RunningModules) => modules.database.name;

describe('A module that is booted alone', () => {
  test('has a schema of its own, and works in it under a role of its own', async () => {
    const modules = await boot(MillModule);
    await modules.port(Mill).grind({ batch: 'rye', grams: 10 });

    const roles = await modules.get(DataSource).query('SELECT current_user AS role');
    const administrator = new pg.Client(modules.databaseUrl);
    await administrator.connect();
    const seen = await administrator.query('SELECT batch FROM mill.batch');
    await administrator.end();

    expect(roles).toEqual([{ role: `${nameOf(modules)}_mill` }]);
    expect(seen.rows).toEqual([{ batch: 'rye' }]);
  });

  test('uses the fakes that it is given for its ports', async () => {
    const mill = new FakeMill();
    await mill.grind({ batch: 'rye', grams: 800 });
    const modules = await boot(BakeryModule, { fakes: [[Mill, mill]] });

    await modules.port(Bakery).bake({ loaf: 'first', batch: 'rye' });

    expect(await mill.left({ batch: 'rye' })).toBe(300);
    expect(await modules.port(Bakery).loaves()).toEqual(['first']);
  });

  test('has its fakes in another application when that is asked for: what only one transaction can hold is refused', async () => {
    const mill = new FakeMill();
    await mill.grind({ batch: 'rye', grams: 800 });
    const modules = await boot(BakeryModule, { fakes: [[Mill, mill]], fakesAre: 'elsewhere' });

    await expect(modules.port(Mill).take({ batch: 'rye', grams: 801 })).rejects.toThrow(OutOfFlour);
    await modules.port(Mill).sharpen({ stone: 'old' });
    const baking = modules.port(Bakery).bake({ loaf: 'first', batch: 'rye' });

    await expect(baking).rejects.toThrow(RemoteCommandInTransaction);
    await eventually(
      'Sharpening',
      () => mill.sharpened(),
      (stones) => stones.includes('old'),
    );
  });

  test('may be joined by the module that it uses, and has the same transaction then', async () => {
    const modules = await boot([BakeryModule, MillModule]);
    await modules.port(Mill).grind({ batch: 'rye', grams: 499 });

    await expect(modules.port(Bakery).bake({ loaf: 'first', batch: 'rye' })).rejects.toThrow('Only 499 g');

    expect(await modules.port(Bakery).loaves()).toEqual([]);
  });

  test('does not start without a provider for each port that it uses, and the refusal names it', async () => {
    const refusal = await bootModule(BakeryModule).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(BootRefused);
    expect((refusal as BootRefused).problems).toMatchObject([{ id: 'port-not-bound', module: 'bakery' }]);
    expect((refusal as Error).message).toContain("'mill'");
  });

  test.each(['local', 'loopback'] as const)('is called through the binding %s', async (binding) => {
    const modules = await boot(MillModule, { binding });
    const seen = jest.fn();
    callHook.current = (edge, call) => {
      seen(edge.from, edge.to, edge.binding);
      return call();
    };
    try {
      await modules.port(Mill).left({ batch: 'rye' });
    } finally {
      callHook.current = undefined;
    }

    expect(seen).toHaveBeenCalledWith('test-caller', 'mill', binding);
  });

  test('has arguments and answers checked, unless that is switched off', async () => {
    class CarelessMill extends FakeMill {
      override async left(): Promise<number> {
        return 0.5;
      }
    }
    const fakes = () => [[Mill, new CarelessMill()]] as const;
    const strict = await boot([], { fakes: fakes() });
    const lax = await boot([], { fakes: fakes(), checks: false });

    await expect(strict.port(Mill).left({ batch: 'rye' })).rejects.toThrow('Output of mill.left is not valid');
    expect(await lax.port(Mill).left({ batch: 'rye' })).toBe(0.5);
  });
});

describe('A module in a process of its own', () => {
  const file = new URL('./village/bakery.ts', import.meta.url);

  test('that does not start says why, with what the process has logged', async () => {
    const refusal = await bootModule(BakeryModule, { binding: 'remote', file }).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(EndedBeforeReady);
    expect((refusal as EndedBeforeReady).errors).toMatch(/BootRefused: .*'mill'/s);
  });

  test.each([
    ['imports', { imports: [] }],
    ['clock', { clock: new FakeClock() }],
  ])('cannot have what is an object of the test: %s', async (option, options) => {
    const boot = bootModule(BakeryModule, { binding: 'remote', file, ...options });

    await expect(boot).rejects.toMatchObject({ name: 'NotForAnotherProcess', option });
  });

  test('is looked for in the /local of the package, or in the file that is named', async () => {
    await expect(orderedModules({ modules: ['bakery'], file: file.href })).resolves.toEqual([BakeryModule]);
    await expect(orderedModules({ modules: ['brewery'], file: file.href })).rejects.toThrow(
      new ModuleNotFound('brewery', file.href),
    );
    await expect(orderedModules({ modules: ['bakery'] })).rejects.toMatchObject({ where: '@macrolith/testing/local' });
  });
});

describe('Its database', () => {
  test('is dropped when it is closed, together with its roles', async () => {
    const modules = await bootModule(MillModule);
    const name = nameOf(modules);
    expect(await isThere(name)).toBe(true);

    await modules.close();

    expect(await isThere(name)).toBe(false);
  });

  test.each([
    ['in a provider', 'constructor'],
    ['when all providers are made', 'onModuleInit'],
  ])('is dropped after a boot that fails %s', async (_when, moment) => {
    let name = '';

    @Injectable()
    class Saboteur {
      constructor(database: Database) {
        name = database.name;
        if (moment === 'constructor') throw new Error('sabotage');
      }

      onModuleInit() {
        throw new Error('sabotage');
      }
    }
    @Module({ providers: [Saboteur] })
    class Sabotage {}

    await expect(bootModule(MillModule, { imports: [Sabotage] })).rejects.toThrow('sabotage');

    expect(name).toMatch(/^t_/);
    expect(await isThere(name)).toBe(false);
  });
});

describe('A task that a test calls', () => {
  const sharpened = (modules: RunningModules, stone: string) =>
    eventually(
      `Sharpening ${stone}`,
      () => modules.port(Mill).sharpened(),
      (stones) => stones.includes(stone),
    );

  test('is done by the real module, through an outbox of the test’s own', async () => {
    const modules = await boot(MillModule);

    await modules.port(Mill).sharpen({ stone: 'upper' });

    await sharpened(modules, 'upper');
    const { rows } = await modules.database.of('test-caller').query('SELECT source, type FROM test_caller.outbox');
    expect(rows).toEqual([{ source: '/test-caller', type: 'mill.sharpen' }]);
  });

  test('is done by a fake', async () => {
    const mill = new FakeMill();
    const modules = await boot([], { fakes: [[Mill, mill]] });

    await modules.port(Mill).sharpen({ stone: 'upper' });

    await sharpened(modules, 'upper');
    expect([...mill.stones]).toEqual(['upper']);
  });

  test('is not done when the transaction around it rolls back', async () => {
    const modules = await boot(MillModule);
    const rolledBack = modules.get(UnitOfWork).run(async () => {
      await modules.port(Mill).sharpen({ stone: 'never' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');

    await modules.port(Mill).sharpen({ stone: 'later' });
    await sharpened(modules, 'later');

    expect(await modules.port(Mill).sharpened()).toEqual(['later']);
  });

  test('stays in the outbox while delivery is switched off', async () => {
    const mill = new FakeMill();
    const modules = await boot([], { fakes: [[Mill, mill]], events: { enabled: false } });

    await modules.port(Mill).sharpen({ stone: 'upper' });

    const { rows } = await modules.database.of('test-caller').query('SELECT state FROM test_caller.delivery');
    expect(rows).toEqual([{ state: 'open' }]);
    expect([...mill.stones]).toEqual([]);
  });
});

test('The module of the test is a module like the others, beside them', async () => {
  const modules = await boot(MillModule);

  const names = modules.get(InstalledModules).all.map(({ manifest }) => manifest.name);

  expect(names).toEqual(['mill', 'test-caller']);
});
