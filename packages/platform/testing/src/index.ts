/**
 * Boots one module alone on real PostgreSQL, proves its contract under every binding, waits for what should happen, lets time
 * pass, and kills programs where it hurts.
 */
export {
  ANY_MOMENT,
  after,
  afterCommitOf,
  before,
  beforeCommitOf,
  type Crash,
  type CrashOptions,
  type CrashPoint,
  crash,
  DidNotCrash,
  type Doomed,
  type Program,
  type RunningProgram,
  SeededRandom,
  startDoomed,
  startProgram,
} from '@macrolith/local-services';
export { type BootModuleOptions, bootModule, type RunningModules } from './boot-module.js';
export { type ContractSubject, type ContractSuite, contractSuite } from './contract-suite.js';
export { DidNotHappen, eventually, type Patience } from './eventually.js';
export { FakeClock } from './fake-clock.js';
export type { FakePort } from './fake-ports.js';
export { type HearOptions, hear } from './hear.js';
export type { ModuleProcess } from './module-process.js';
export { publish } from './publish.js';
export { publishedEvents } from './published-events.js';
export { recordCalls } from './record-calls.js';
export { scenario } from './scenario.js';
export { deadLetters, settled } from './settled.js';
export { statementsOf } from './statements-of.js';
