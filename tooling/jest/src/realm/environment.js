import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { ProcessState } from './process-state.js';
import { PropertiesOf } from './properties-of.js';

/**
 * Node's own realm, put back after every test file: what a file left in the global scope or in the process is not there
 * for the next.
 *
 * Jest's own environments give every test file a context with its own Date, Map and Object. What Node's realm makes is
 * an instance of none of these, and every package must be evaluated again in each.
 */
export default class Environment {
  global = globalThis;

  constructor({ projectConfig }, _context) {
    this.conditions = projectConfig.testEnvironmentOptions.customExportConditions;
    this.moduleMocker = new ModuleMocker(globalThis);
    const timers = { config: projectConfig, global: globalThis };
    this.fakeTimers = new LegacyFakeTimers({ ...timers, moduleMocker: this.moduleMocker, timerConfig: TIMER_OBJECTS });
    this.fakeTimersModern = new ModernFakeTimers(timers);
    this.globals = new PropertiesOf(globalThis);
    this.process = new ProcessState();
  }

  async setup() {}

  /** Jest has loaded `expect`, and no test has. */
  handleTestEvent({ name }) {
    if (name !== 'setup') return;
    const { matchers, customEqualityTesters } = globalThis[EXPECT];
    this.expect = [new PropertiesOf(matchers), new PropertiesOf(customEqualityTesters)];
  }

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    for (const extended of this.expect ?? []) extended.restore();
    this.process.restore();
    this.globals.restore();
  }

  /** Runs `load` and keeps the globals that it adds: what a package makes while it loads, it makes once. */
  keepingGlobals(load) {
    const before = new Set(Reflect.ownKeys(globalThis));
    const result = load();
    for (const name of Reflect.ownKeys(globalThis)) if (!before.has(name)) this.globals.keep(name);
    return result;
  }

  /** The context of `vm` to run in: none. */
  getVmContext() {
    return null;
  }

  exportConditions() {
    return this.conditions;
  }
}

/** Where `expect` keeps what tests add to it. */
const EXPECT = Symbol.for('$$jest-matchers-object');

/** Timers of Node are objects. */
const TIMER_OBJECTS = {
  idToRef: (id) => ({ id, ref: () => id, unref: () => id }),
  refToId: (timer) => timer?.id,
};
