/** What another app needs in order to run the same modules in a process of its own. */
export { type MonolithConfig, MonolithEnvironment } from './config.js';
export { monolith } from './monolith.js';
