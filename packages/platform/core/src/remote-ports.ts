import type { AnyPort } from '@macrolith/contract';
import { type DynamicModule, Module } from '@nestjs/common';
import { PortRegistry } from './port-registry.js';

/**
 * Ports that are called where they are provided, without the routes and the UI of their modules:
 * `imports: [RemotePorts.of([Catalog])]`. For a process that hosts a module, and serves no one else's pages.
 */
@Module({})
export class RemotePorts {
  static of(ports: readonly AnyPort[]): DynamicModule {
    return {
      module: RemotePorts,
      providers: ports.map((port) => ({
        provide: `macrolith.binding:${port.contract.name}`,
        inject: [PortRegistry],
        useFactory: (registry: PortRegistry) => {
          registry.provideRemotely(port);
          return port.contract.name;
        },
      })),
    };
  }
}
