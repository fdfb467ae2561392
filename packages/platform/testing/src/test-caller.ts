import { type AnyPort, Port } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { DatabaseFeature } from '@macrolith/data';
import { outbox } from '@macrolith/events';
import { Injectable, type Provider, type Type } from '@nestjs/common';

/** Who calls a port in a test: the name that errors and call hooks tell. */
export const TEST_CALLER = 'test-caller';

abstract class TestCaller extends Port({ name: TEST_CALLER, version: '1.0.0', operations: {} }) {}

@Injectable()
class NothingToOffer implements TestCaller {}

/** A schema for the outbox, and no data source: `get(DataSource)` finds the one of the module under test. */
class OutboxSchema extends DatabaseFeature {
  constructor() {
    super([], []);
  }

  override providers(): Provider[] {
    return [];
  }
}

/**
 * The module that a test's calls come from. A task is written to the outbox of its caller, so the test has one: a task
 * that a test calls is queued in the running transaction, handed over after commit and retried, as in production.
 *
 * @param fakes ports whose tasks are done by fakes
 */
export function testCallerModule(fakes: readonly AnyPort[]): Type {
  const manifest = defineModule(TestCaller, { owner: 'team-tests', uses: fakes });

  @LocalModule(manifest, { provider: NothingToOffer, features: [new OutboxSchema(), outbox()] })
  class TestCallerModule {}
  return TestCallerModule;
}
