import { Module } from '@nestjs/common';
import type { Manifest } from './manifest.js';
import { declare } from './module-declaration.js';
import { consume, installed, REGISTRY } from './port-providers.js';
import type { PortRegistry } from './port-registry.js';

/**
 * Makes a class the Nest module of a module whose provider is in another process: `@RemoteModule(catalog) export class
 * CatalogModule {}`. Its routes and its UI stay here, and call the port.
 */
export function RemoteModule(manifest: Manifest): ClassDecorator {
  const { port } = manifest;
  const nestModule = Module({
    controllers: [...manifest.web],
    providers: [
      {
        provide: `macrolith.binding:${port.contract.name}`,
        inject: [REGISTRY],
        useFactory: (registry: PortRegistry | undefined) => {
          installed(registry, manifest).provideRemotely(port);
          return port.contract.name;
        },
      },
      consume(manifest, port),
    ],
  });
  return (target) => {
    nestModule(target);
    declare(target, { manifest, isRemote: true, features: [], workflows: [], internal: [] });
  };
}
