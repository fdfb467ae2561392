/** One process of the shop under test: the shell, which serves, or the worker, which only delivers. */
import 'reflect-metadata';
import { Database } from '@macrolith/data';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { DevelopmentPrincipals } from '@macrolith/identity';
import { readEnvironment } from '@macrolith/process';
import { MonolithEnvironment, monolith } from '@macrolith/shell';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Death, Dying } from './dying.js';
import { NotebookModule } from './notebook.js';
import { WitnessModule } from './witness.js';

@Module({})
class Shop {}

/** The monolith as it is, but for what makes waiting shorter and failures never final. */
function shop(imports: NonNullable<DynamicModule['imports']>): DynamicModule {
  const config = readEnvironment(MonolithEnvironment, process.env);
  const relay = { leaseMs: 2_000, sweepMs: 500, backoff: { firstMs: 100, maxMs: 2_000 }, maxAttempts: 1_000 };
  return { module: Shop, imports: [...monolith(config, relay), ...imports, WitnessModule, NotebookModule] };
}

async function serve(port: number): Promise<NestFastifyApplication> {
  const app = await createHttpApp(shop([HttpModule.forRoot({ title: 'Chaos' })]), {
    log: { level: 'silent' },
    principals: new DevelopmentPrincipals(),
  });
  await app.listen(port, '127.0.0.1');
  return app;
}

async function deliver(): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(shop([]), { logger: false });
  app.enableShutdownHooks();
  return app;
}

const { ROLE: role, PORT: port = '0' } = process.env;
const app = role === 'worker' ? await deliver() : await serve(Number(port));
const dying = new Dying(app.get(Database, { strict: false }));
process.on('message', (death: Death) => dying.dieAt(death));
// Whoever started it has gone: nobody would end this process any more.
process.on('disconnect', () => process.exit(1));
process.send!({ ready: role });
