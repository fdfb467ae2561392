import { command, defineError, instant, Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule, type Manifest } from '@macrolith/core';
import { DatabaseModule, database, type MigrationClass } from '@macrolith/data';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { createItemTable, type Item, itemEntityOf } from './item.js';
import { itemServiceOf } from './item-service.js';
import { type ModulePlan, planModules } from './module-plan.js';

@Module({})
class SyntheticShell {}

/** A shell of generated modules, with a schema each when there is a database. */
export function macrolithShell(count: number, databaseUrl: string | undefined): DynamicModule {
  const manifests: Manifest[] = [];
  const modules = planModules(count).map((plan) => {
    const uses = plan.uses.map((position) => manifests[position]!);
    const manifest = defineModule(portOf(plan), { owner: 'team-bench', uses: uses.map(({ port }) => port) });
    manifests.push(manifest);
    return moduleOf(manifest, databaseUrl !== undefined);
  });
  const installed = databaseUrl === undefined ? [] : [DatabaseModule.forRoot({ url: databaseUrl })];
  return { module: SyntheticShell, imports: [MacrolithModule.forRoot(), ...installed, ...modules] };
}

function portOf({ name }: ModulePlan) {
  const ItemSchema = z.object({
    itemId: z.uuid(),
    name: z.string().min(1).max(200),
    amountMinor: z.int(),
    active: z.boolean(),
    createdAt: instant(),
  });
  const ThisItem = ItemSchema.pick({ itemId: true });
  class ItemNotFound extends defineError(
    `${name}.item-not-found`,
    { itemId: z.uuid() },
    (e) => `There is no item ${e.itemId}.`,
    { kind: 'not-found' },
  ) {}
  abstract class Items extends Port({
    name,
    version: '1.0.0',
    operations: {
      getItem: query({ input: ThisItem, output: ItemSchema, errors: [ItemNotFound] }),
      listItems: query({ input: z.object({ active: z.boolean().optional() }), output: z.array(ItemSchema) }),
      addItem: command({ input: ItemSchema, output: ItemSchema }),
      renameItem: command({
        input: ItemSchema.pick({ itemId: true, name: true }),
        output: ItemSchema,
        errors: [ItemNotFound],
      }),
      removeItem: command({ input: ThisItem }),
    },
  }) {}
  return Items;
}

function moduleOf(manifest: Manifest, hasDatabase: boolean): Type {
  const entity = hasDatabase ? itemEntityOf(manifest.schema) : undefined;
  const features =
    entity === undefined ? [] : [database({ entities: [entity], migrations: [migrationOf(manifest.schema)] })];
  const provider = itemServiceOf(manifest.uses, entity satisfies (new () => Item) | undefined);
  class ItemsModule {}
  LocalModule(manifest, { provider, features })(ItemsModule);
  return ItemsModule;
}

function migrationOf(schema: string): MigrationClass {
  class CreateItem1764547200000 {
    readonly phase = 'expand';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(createItemTable(schema));
    }

    async down(): Promise<void> {}
  }
  return CreateItem1764547200000;
}
