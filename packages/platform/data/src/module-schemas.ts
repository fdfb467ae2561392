import type { ModuleDeclaration } from '@macrolith/core';
import type { ModuleSchema } from './database.js';
import { DatabaseFeature } from './database-feature.js';
import { ModuleWithoutDatabase } from './errors/module-without-database.js';
import { stepOfClass, stepOfPlatform } from './migration/migration-step.js';
import { inOrder } from './migration/pending-migrations.js';
import { hasTables } from './migration/platform-migration.js';

/** What the installed modules want of the database, in dependency order. Modules without `database()` want nothing. */
export function moduleSchemas(modules: readonly ModuleDeclaration[]): readonly ModuleSchema[] {
  return modules.flatMap(({ manifest, features }) => {
    const own = features.filter((feature) => feature instanceof DatabaseFeature);
    const withTables = features.filter(hasTables);
    if (own.length === 0) {
      if (withTables.length > 0) throw new ModuleWithoutDatabase(manifest.name);
      return [];
    }
    const { name: module, schema } = manifest;
    const steps = [
      ...withTables
        .flatMap((feature) => feature.platformMigrations(schema))
        .map((step) => stepOfPlatform(module, step)),
      ...own.flatMap(({ migrations }) => migrations).map((migration) => stepOfClass(module, migration)),
    ];
    return [{ module, schema, steps: inOrder(module, steps) }];
  });
}
