import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Item, itemEntityOf } from './item.js';
import { type ItemsToken, itemServiceOf } from './item-service.js';
import { planModules } from './module-plan.js';

@Module({})
class PlainShell {}

interface PlainModule {
  readonly token: ItemsToken;
  readonly module: Type;
}

/** The same services without the platform: plain Nest modules, abstract classes as tokens, one data source. */
export function plainShell(count: number, databaseUrl: string | undefined): DynamicModule {
  const entities: (new () => Item)[] = [];
  const made: PlainModule[] = [];
  for (const { name, uses } of planModules(count)) {
    const entity = databaseUrl === undefined ? undefined : itemEntityOf(name);
    if (entity !== undefined) entities.push(entity);
    const used = uses.map((position) => made[position]!);
    made.push(moduleOf(used, entity));
  }
  const dataSource =
    databaseUrl === undefined
      ? []
      : [TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities, installExtensions: false })];
  return { module: PlainShell, imports: [...dataSource, ...made.map(({ module }) => module)] };
}

function moduleOf(used: readonly PlainModule[], entity: (new () => Item) | undefined): PlainModule {
  abstract class Items {}
  class ItemsModule {}
  const service = itemServiceOf(
    used.map(({ token }) => token),
    entity,
  );
  Module({
    imports: [
      ...(entity === undefined ? [] : [TypeOrmModule.forFeature([entity])]),
      ...used.map(({ module }) => module),
    ],
    providers: [service, { provide: Items, useExisting: service }],
    exports: [Items],
  })(ItemsModule);
  return { token: Items, module: ItemsModule };
}
