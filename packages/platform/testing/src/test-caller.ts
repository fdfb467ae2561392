import { type AnyPort, Port } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { DatabaseFeature } from '@macrolith/data';
import { outbox } from '@macrolith/events';
import { Injectable, type Provider, type Type } from '@nestjs/common';

/** Who calls a port in a test: the name that errors and call hooks tell. */
export const TEST_CALLER = 'test-caller';

abstract class TestCaller extends Port({ name: TEST_CALLER, version: '1.0.0', operations: {} }) {}

/** The module that calls from the other side of the wire. It has an outbox of its own, which the provider's relay does not know. */
export const REMOTE_TEST_CALLER = 'remote-test-caller';

abstract class RemoteTestCaller extends Port({ name: REMOTE_TEST_CALLER, version: '1.0.0', operations: {} }) {}

@Injectable()
class NothingToOffer implements TestCaller, RemoteTestCaller {}

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
 * @param uses ports whose tasks are done by fakes
 */
export function testCallerModule(uses: readonly AnyPort[]): Type {
  return callerModule(TestCaller, uses);
}

/** @param uses the ports that are remote */
export function remoteTestCallerModule(uses: readonly AnyPort[]): Type {
  return callerModule(RemoteTestCaller, uses);
}

function callerModule(port: AnyPort, uses: readonly AnyPort[]): Type {
  const manifest = defineModule(port, { owner: 'team-tests', uses });

  @LocalModule(manifest, { provider: NothingToOffer, features: [new OutboxSchema(), outbox()] })
  class TestCallerModule {}
  return TestCallerModule;
}
