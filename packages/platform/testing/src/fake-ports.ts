import type { AnyPort } from '@macrolith/contract';
import { PortRegistry } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { FakeOutcomes } from './fake-outcomes.js';

/** A port, and the object that stands in for its module. */
export type FakePort = readonly [port: AnyPort, fake: object];

/** Lets fakes answer for ports, through the same registry and bindings as real modules. */
@Module({})
export class FakePorts {
  static with(fakes: readonly FakePort[]): DynamicModule {
    const outcomes = new FakeOutcomes();
    return {
      module: FakePorts,
      providers: fakes.map(([port, fake]) => ({
        provide: `macrolith.fake:${port.contract.name}`,
        inject: [PortRegistry],
        useFactory: (registry: PortRegistry) => {
          registry.provide(port, fake, outcomes);
          return fake;
        },
      })),
    };
  }
}
