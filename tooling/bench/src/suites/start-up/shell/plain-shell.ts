import { InstalledModules, type ModuleDeclaration, UnitOfWork, Workflows } from '@macrolith/core';
import { DatabaseFeature } from '@macrolith/data';
import { Events, Projections } from '@macrolith/events';
import { EventOperations } from '@macrolith/events/operations';
import {
  type DynamicModule,
  type INestApplication,
  type InjectionToken,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { ModuleRef, type ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SHELL_MODULES } from './modules.js';

/** What services inject of the platform. They are never called here, so empty objects do. */
const INJECTED = [UnitOfWork, Workflows, Events, EventOperations, Projections];

@Module({ providers: INJECTED.map((provide) => ({ provide, useValue: {} })), exports: INJECTED })
class Stubs {}

@Module({})
class PlainShell {}

/** The same services and controllers without the platform: plain Nest modules on Fastify, ports as tokens, one data source. */
export async function plainShell(databaseUrl: string): Promise<INestApplication> {
  const declared = SHELL_MODULES.map((module) => ({ module, declaration: declarationOf(module) }));
  const plain = new Map<string, Type>();
  for (const { declaration } of declared) plain.set(declaration.manifest.name, class PlainModule {});
  for (const { module, declaration } of declared) decorate(plain, module, declaration);
  const entities = declared.flatMap(({ declaration }) => [...entitiesOf(declaration)]);
  const shell: DynamicModule = {
    module: PlainShell,
    imports: [
      { module: Stubs, global: true },
      TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities, installExtensions: false }),
      ...plain.values(),
    ],
  };
  return NestFactory.create(shell, new FastifyAdapter(), { logger: false, abortOnError: false });
}

function decorate(plain: ReadonlyMap<string, Type>, module: Type, declaration: ModuleDeclaration): void {
  const { manifest, internal } = declaration;
  const providers: readonly Provider[] = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, module);
  const classes = providers.filter((provider) => typeof provider === 'function');
  const service = classes[0]!;
  const used = manifest.uses.map((port) => plain.get(port.contract.name)!);
  Module({
    imports: [TypeOrmModule.forFeature([...entitiesOf(declaration)]), ...used],
    controllers: [...manifest.web],
    providers: [
      ...classes,
      portOf(manifest.port, service as Type),
      ...internal.map(([provide, useExisting]) => ({ provide, useExisting })),
    ],
    exports: [manifest.port],
  })(plain.get(manifest.name)!);
}

/** A module may use its own port, so the provider is found by whoever calls it, not when the port is made. */
function portOf(provide: InjectionToken, service: Type): Provider {
  return {
    provide,
    inject: [ModuleRef],
    useFactory: (modules: ModuleRef) => ({ provider: () => modules.get(service, { strict: false }) }),
  };
}

/** What a module says about itself in its `local.ts`, found as the platform finds it. */
function declarationOf(module: Type): ModuleDeclaration {
  const container = new Map([[module.name, { metatype: module }]]) as unknown as ModulesContainer;
  return new InstalledModules(container).all[0]!;
}

function entitiesOf({ features }: ModuleDeclaration) {
  return features.flatMap((feature) => (feature instanceof DatabaseFeature ? feature.entities : []));
}
