import { IdempotencyStore, InstalledModules, Shutdown, UnitOfWork } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { Database } from './database.js';
import type { DatabaseOptions } from './database-options.js';
import { OutcomeRetention } from './idempotency/outcome-retention.js';
import { PostgresIdempotencyStore } from './idempotency/postgres-idempotency-store.js';
import { moduleSchemas } from './module-schemas.js';
import { PooledUnitOfWork } from './transaction/pooled-unit-of-work.js';

/** The database in a shell: `imports: [MacrolithModule.forRoot(), DatabaseModule.forRoot({ url }), …]`. Global. */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          // Modules' providers wait for it, so none is made before the tables are there.
          provide: Database,
          inject: [InstalledModules, Shutdown],
          useFactory: (installed: InstalledModules, shutdown: Shutdown) =>
            Database.open(options, moduleSchemas(installed.all), shutdown),
        },
        {
          provide: UnitOfWork,
          inject: [Database],
          useFactory: (database: Database) => new PooledUnitOfWork(database.pool),
        },
        { provide: IdempotencyStore, useClass: PostgresIdempotencyStore },
        OutcomeRetention,
      ],
      exports: [Database, UnitOfWork, IdempotencyStore],
    };
  }
}
