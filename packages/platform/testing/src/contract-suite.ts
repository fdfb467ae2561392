import { afterAll, beforeAll, describe } from '@jest/globals';
import type { AnyPort } from '@macrolith/contract';
import type { BindingKind } from '@macrolith/core';
import { bootModule, type RunningModules } from './boot-module.js';

/** What one run of a contract suite is held against. */
export interface ContractSubject<P extends AnyPort> {
  /** `local`, `loopback`, `remote`, `durable`, `apart` or `fake`. */
  readonly under: BindingKind | 'durable' | 'apart' | 'fake';
  /** The port under test. Ready inside tests and hooks. */
  readonly port: InstanceType<P>;
}

export interface ContractSuite<P extends AnyPort> {
  /** Boots the real module over a binding. */
  real(binding: BindingKind): Promise<RunningModules>;
  /** Boots the real module with durable workflows. For a module that owns some. */
  durable?(): Promise<RunningModules>;
  /** Boots the real module with all that it uses in another application, over a real NATS. For a module that owns workflows. */
  apart?(): Promise<RunningModules>;
  /** Makes the fake that the package offers to others. */
  fake(): InstanceType<P>;
  /**
   * The specification: tests that hold for every provider of the port. One subject serves all of them, as one
   * production system serves all its callers, so each test works on ids of its own.
   */
  specify(subject: ContractSubject<P>): void;
}

/**
 * Runs one specification over the real module, in process, through the wire codec and in a process of its own that is called
 * over NATS, over the real module with durable workflows and with those whom it calls elsewhere where it has some, and over its
 * fake. Under each of them, what crosses the port is checked and copied, and a task is done after a while: wait for what it does.
 */
export function contractSuite<P extends AnyPort>(port: P, suite: ContractSuite<P>): void {
  const { name } = port.contract;
  for (const binding of ['local', 'loopback', 'remote'] as const) {
    describe(`${name}, ${binding}`, () => specifyOver(port, suite, binding, () => suite.real(binding)));
  }
  const { durable, apart } = suite;
  if (durable !== undefined) {
    describe(`${name}, durable`, () => specifyOver(port, suite, 'durable', durable));
  }
  if (apart !== undefined) {
    describe(`${name}, apart`, () => specifyOver(port, suite, 'apart', apart));
  }
  describe(`${name}, fake`, () => {
    specifyOver(port, suite, 'fake', () => bootModule([], { fakes: [[port, suite.fake() as object]] }));
  });
}

function specifyOver<P extends AnyPort>(
  port: P,
  suite: ContractSuite<P>,
  under: ContractSubject<P>['under'],
  boot: () => Promise<RunningModules>,
): void {
  let booted: { readonly modules: RunningModules; readonly port: InstanceType<P> } | undefined;
  beforeAll(async () => {
    const modules = await boot();
    booted = { modules, port: modules.port(port) };
  });
  afterAll(() => booted?.modules.close());
  suite.specify({
    under,
    get port() {
      if (booted === undefined)
        throw new Error(`The port is ready inside tests and hooks only: the suite is still being described.`);
      return booted.port;
    },
  });
}
