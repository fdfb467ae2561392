import type { Operation } from '@macrolith/contract';
import { MacrolithModule, type MacrolithOptions, PortRegistry, TaskQueue } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { Global, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkflowModule, type WorkflowOptions } from '../../src/index.js';
import { BankModule } from './bank.js';
import { Booth, BoothModule } from './booth.js';
import { OUTSIDE_URL, Outside } from './outside.js';
import { StoreModule } from './store.js';

/** An outbox in one table: a task is there exactly if the transaction that queued it has committed. */
@Injectable()
class NewsQueue extends TaskQueue {
  constructor(private readonly database: Database) {
    super();
  }

  override async enqueue(from: string, _operation: Operation, input: unknown): Promise<void> {
    const { saleId } = input as { saleId: string };
    await this.database.of(from).query('INSERT INTO booth.news (sale_id) VALUES ($1)', [saleId]);
  }
}

export interface Fair {
  readonly app: INestApplicationContext;
  readonly booth: Booth;
  readonly outside: Outside;
  readonly database: Database;
}

/** Everything fast, so that a test need not wait for what a person would. */
const IN_TESTS: Partial<WorkflowOptions> = {
  leaseMs: 600,
  sweepMs: 100,
  stepTimeoutMs: 2_000,
  backoff: { firstMs: 10, maxMs: 50 },
};

/** Three modules that sell lamps at a fair, as one process of perhaps several on one database. */
export async function openFair(
  url: string,
  workflows: MacrolithOptions['workflows'] = 'by-binding',
  options: Partial<WorkflowOptions> = {},
): Promise<Fair> {
  @Global()
  @Module({
    providers: [{ provide: TaskQueue, useClass: NewsQueue }, { provide: OUTSIDE_URL, useValue: url }, Outside],
    exports: [TaskQueue, Outside],
  })
  class Surroundings {}

  @Module({
    imports: [
      MacrolithModule.forRoot({ workflows, checks: true }),
      DatabaseModule.forRoot({ url, poolSize: 10 }),
      WorkflowModule.forRoot({ ...IN_TESTS, ...options }),
      Surroundings,
      StoreModule,
      BankModule,
      BoothModule,
    ],
  })
  class Shell {}

  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  return {
    app,
    booth: app.get(PortRegistry).use(Booth, 'visitor') as Booth,
    outside: app.get(Outside),
    database: app.get(Database),
  };
}
