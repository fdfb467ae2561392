import type { AnyPort } from '@macrolith/contract';
import { Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import type { Manifest } from './manifest.js';
import { declare } from './module-declaration.js';
import type { ModuleFeature } from './module-feature.js';
import { consume, installed, REGISTRY } from './port-providers.js';
import type { PortRegistry } from './port-registry.js';
import type { AnyWorkflow } from './workflow/workflow.js';
import { workflowProviders } from './workflow/workflow-providers.js';

export interface LocalModuleOptions<P extends AnyPort> {
  /** The class that implements the port. */
  readonly provider: Type<InstanceType<P>>;
  readonly providers?: readonly Provider[];
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Ports of the module's own, never remote: `[OrderBook, OrderBookService]`. Workflow steps call them. */
  readonly internal?: readonly (readonly [port: AnyPort, provider: Type])[];
  /** The workflows that the module owns and runs. */
  readonly workflows?: readonly AnyWorkflow[];
  /** Parts that other platform packages add: `database({ entities, migrations })`, `subscriptions([…])`. */
  readonly features?: readonly ModuleFeature[];
}

/**
 * Makes a class the module's Nest module with the real provider:
 * `@LocalModule(catalog, { provider: CatalogService }) export class CatalogModule {}`.
 */
export function LocalModule<P extends AnyPort>(manifest: Manifest<P>, options: LocalModuleOptions<P>): ClassDecorator {
  const { provider, providers = [], imports = [], internal = [], workflows = [], features = [] } = options;
  const ports = new Set<AnyPort>([manifest.port, ...manifest.uses, ...internal.map(([port]) => port)]);
  const nestModule = Module({
    imports: [...imports],
    controllers: [...manifest.web],
    providers: [
      provider,
      bind(manifest, manifest.port, provider),
      ...internal.flatMap(([port, implementation]) => [implementation, bind(manifest, port, implementation)]),
      ...[...ports].map((port) => consume(manifest, port)),
      ...workflowProviders(manifest, workflows, [...ports]),
      ...features.flatMap((feature) => feature.providers(manifest)),
      ...providers,
    ],
  });
  return (target) => {
    nestModule(target);
    declare(target, { manifest, isRemote: false, features, workflows, internal });
  };
}

function bind(manifest: Manifest, port: AnyPort, provider: Type): Provider {
  return {
    provide: `macrolith.binding:${port.contract.name}`,
    inject: [REGISTRY, provider],
    useFactory: (registry: PortRegistry | undefined, instance: object) => {
      installed(registry, manifest).provide(port, instance);
      return port.contract.name;
    },
  };
}
