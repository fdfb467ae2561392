import type { AnyPort } from '@macrolith/contract';
import { defineModule, IdempotencyStore, LocalModule } from '@macrolith/core';
import { type DynamicModule, Injectable, Module, type Type } from '@nestjs/common';
import { FakeOutcomes } from './fake-outcomes.js';
import type { FakePort } from './fake-ports.js';

/** Outcomes of the keyed commands of stand-ins, which have no database. */
@Module({})
class OutcomesModule {}

/** Modules whose providers are fakes, for an application that has no database and serves them to others. */
export function standIns(fakes: readonly FakePort[]): (Type | DynamicModule)[] {
  const outcomes = { provide: IdempotencyStore, useValue: new FakeOutcomes() };
  const store = { module: OutcomesModule, global: true, providers: [outcomes], exports: [IdempotencyStore] };
  return [store, ...fakes.map(standIn)];
}

function standIn([port, fake]: FakePort): Type {
  @Injectable()
  class StandIn {}
  const methods = fake as Record<string, (input: unknown) => unknown>;
  for (const name of Object.keys(port.contract.operations)) {
    // Found at each call, so that tests may replace it.
    Object.defineProperty(StandIn.prototype, name, { value: (input: unknown) => methods[name]!(input) });
  }

  @LocalModule<AnyPort>(defineModule(port, { owner: 'team-tests' }), { provider: StandIn })
  class StandInModule {}
  return StandInModule;
}
