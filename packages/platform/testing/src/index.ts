/** Boots one module alone on real PostgreSQL, proves its contract under every binding, and waits for what should happen. */
export { type BootModuleOptions, bootModule, type RunningModules } from './boot-module.js';
export { type ContractSubject, type ContractSuite, contractSuite } from './contract-suite.js';
export { DidNotHappen, eventually, type Patience } from './eventually.js';
export type { FakePort } from './fake-ports.js';
export { type HearOptions, hear } from './hear.js';
export { publishedEvents } from './published-events.js';
export { scenario } from './scenario.js';
export { statementsOf } from './statements-of.js';
