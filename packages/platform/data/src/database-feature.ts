import type { Manifest } from '@macrolith/core';
import type { Provider } from '@nestjs/common';
import { getDataSourceToken, getEntityManagerToken, getRepositoryToken } from '@nestjs/typeorm';
import { Database } from './database.js';
import { idempotencyMigrations } from './idempotency/idempotency-table.js';
import type { MigrationClass } from './migration/migration.js';
import type { FeatureWithTables, PlatformMigration } from './migration/platform-migration.js';
import type { Entity } from './typeorm/entity.js';
import { ModuleDataSource } from './typeorm/module-data-source.js';

export interface DatabaseFeatureOptions {
  readonly entities?: readonly Entity[];
  readonly migrations?: readonly MigrationClass[];
}

/**
 * Gives a module its schema, its role and its data source: `features: [database({ entities, migrations })]`. Its
 * providers can then inject repositories with `@InjectRepository`, `DataSource`, `EntityManager`.
 */
export function database(options: DatabaseFeatureOptions = {}): DatabaseFeature {
  return new DatabaseFeature(options.entities ?? [], options.migrations ?? []);
}

export class DatabaseFeature implements FeatureWithTables {
  readonly name = 'database';

  constructor(
    readonly entities: readonly Entity[],
    readonly migrations: readonly MigrationClass[],
  ) {}

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return idempotencyMigrations(schema);
  }

  providers(manifest: Manifest): Provider[] {
    return [
      {
        provide: ModuleDataSource,
        inject: [Database],
        useFactory: (database: Database) => database.dataSource(manifest.name, this.entities),
      },
      { provide: getDataSourceToken(), useExisting: ModuleDataSource },
      {
        provide: getEntityManagerToken(),
        inject: [ModuleDataSource],
        useFactory: (dataSource: ModuleDataSource) => dataSource.manager,
      },
      ...this.entities.map((entity) => ({
        provide: getRepositoryToken(entity),
        inject: [ModuleDataSource],
        useFactory: (dataSource: ModuleDataSource) => dataSource.getRepository(entity),
      })),
    ];
  }
}
