import { afterEach, expect, test } from '@jest/globals';
import { type HeardEvent, heardEvent, Port, z } from '@macrolith/contract';
import {
  type BootProblem,
  BootRefused,
  BootVerification,
  defineModule,
  LocalModule,
  MacrolithModule,
  type ModuleFeature,
} from '@macrolith/core';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { boot } from './boot.js';
import { Warehouse, WarehouseService } from './warehouse.js';

abstract class Buyer extends Port({ name: 'buyer', version: '1.0.0', operations: {} }) {}

@Injectable()
class BuyerService implements Buyer {}

const warehouse = defineModule(Warehouse, { owner: 'team-warehouse' });
const buyer = defineModule(Buyer, { owner: 'team-buyer' });
@LocalModule(warehouse, { provider: WarehouseService })
class WarehouseModule {}

/** The buyer, which does not know the warehouse, and hears it. */
function buyerThatHears(...hears: HeardEvent[]) {
  return buyerWith({ name: 'ears', hears, providers: () => [] });
}

function buyerWith(feature: ModuleFeature) {
  @LocalModule(buyer, { provider: BuyerService, features: [feature] })
  class BuyerModule {}
  return BuyerModule;
}

const emptied = (data: z.ZodObject, version = 1) => heardEvent('warehouse.emptied', { version, data: data as never });

let app: INestApplicationContext | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function problemsWith(heard: HeardEvent): Promise<readonly BootProblem[]> {
  const refusal = await boot([MacrolithModule.forRoot(), WarehouseModule, buyerThatHears(heard)]).then(
    (started) => {
      app = started;
    },
    (error: unknown) => error,
  );
  if (refusal === undefined) return [];
  expect(refusal).toBeInstanceOf(BootRefused);
  return (refusal as BootRefused).problems;
}

test('a shell starts with what is said as it is expected, and its report tells who hears it', async () => {
  expect(await problemsWith(emptied(z.object({ sku: z.string(), colour: z.string().optional() })))).toEqual([]);

  const row = app!
    .get(BootVerification)
    .report()
    .find(({ module }) => module === 'buyer');
  expect(row).toMatchObject({ uses: [], hears: ['warehouse.emptied.v1'] });
});

test('a shell does not start with a name that the publisher does not know', async () => {
  const heard = heardEvent('warehouse.burnt-down', { version: 1, data: z.object({}) });
  expect(await problemsWith(heard)).toMatchObject([
    {
      id: 'heard-event-unknown',
      module: 'buyer',
      owner: 'team-buyer',
      message: "hears warehouse.burnt-down.v1, and the contract of 'warehouse' has no event of that name.",
    },
  ]);
});

test('a shell does not start with a version that the publisher has not reached', async () => {
  expect(await problemsWith(emptied(z.object({ sku: z.string() }), 2))).toMatchObject([
    {
      id: 'heard-event-unknown',
      message: "hears warehouse.emptied.v2, and the contract of 'warehouse' is at version 1 of it.",
      remedy: expect.stringContaining('Install the newer version'),
    },
  ]);
});

test('a consumer that also reads older versions may come before its publisher', async () => {
  const heard = emptied(z.object({ sku: z.string(), shelf: z.string() }), 2);
  const ears = { name: 'ears', hears: [heard], oldestRead: () => 1, providers: () => [] };
  app = await boot([MacrolithModule.forRoot(), WarehouseModule, buyerWith(ears)]);
  expect(
    app
      .get(BootVerification)
      .report()
      .flatMap(({ hears }) => hears),
  ).toEqual(['warehouse.emptied.v2']);
});

test('a shell does not start with fields that the publisher does not promise', async () => {
  expect(await problemsWith(emptied(z.object({ sku: z.int(), shelf: z.string() })))).toMatchObject([
    {
      id: 'heard-event-unreadable',
      message:
        "hears warehouse.emptied.v1 and could not read what 'warehouse' says: " +
        '/shelf is required, and the publisher has no such field; /sku integer is expected, and string may be written.',
    },
  ]);
});

test('a publisher that is not here is held to nothing', async () => {
  const heard = heardEvent('moon.full', { version: 7, data: z.object({ brightness: z.number() }) });
  expect(await problemsWith(heard)).toEqual([]);
});
