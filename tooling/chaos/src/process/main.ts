/** One process of the shop under test: the shell, which serves, or the worker, which only delivers. */
import 'reflect-metadata';
import { CatalogModule } from '@macrolith/catalog/local';
import { MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/local';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { InventoryModule } from '@macrolith/inventory/local';
import { NotificationsModule } from '@macrolith/notifications/local';
import { OrdersModule } from '@macrolith/orders/local';
import { PaymentsModule } from '@macrolith/payments/local';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Death, Dying } from './dying.js';
import { NotebookModule } from './notebook.js';
import { WitnessModule } from './witness.js';

@Module({})
class Shop {}

function shop(databaseUrl: string, imports: NonNullable<DynamicModule['imports']>): DynamicModule {
  return {
    module: Shop,
    imports: [
      MacrolithModule.forRoot(),
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 16 }),
      EventsModule.forRoot({
        leaseMs: 2_000,
        sweepMs: 500,
        backoff: { firstMs: 100, maxMs: 2_000 },
        maxAttempts: 1_000,
      }),
      ...imports,
      CatalogModule,
      InventoryModule,
      PaymentsModule,
      NotificationsModule,
      OrdersModule,
      WitnessModule,
      NotebookModule,
    ],
  };
}

async function serve(databaseUrl: string, port: number): Promise<NestFastifyApplication> {
  const app = await createHttpApp(shop(databaseUrl, [HttpModule.forRoot({ title: 'Chaos' })]), {
    log: { level: 'silent' },
  });
  await app.listen(port, '127.0.0.1');
  return app;
}

async function deliver(databaseUrl: string): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(shop(databaseUrl, []), { logger: false });
  app.enableShutdownHooks();
  return app;
}

const { DATABASE_URL: databaseUrl = '', ROLE: role, PORT: port = '0' } = process.env;
const app = role === 'worker' ? await deliver(databaseUrl) : await serve(databaseUrl, Number(port));
const dying = new Dying(app.get(Database, { strict: false }));
process.on('message', (death: Death) => dying.dieAt(death));
// Whoever started it has gone: nobody would end this process any more.
process.on('disconnect', () => process.exit(1));
process.send!('ready');
