/** For programs that a test starts, kills and starts again: the same modules, outside of Jest. */
export { type BootModuleOptions, bootModule, type RunningModules } from './boot-module.js';
export { eventually } from './eventually.js';
export { publish } from './publish.js';
export { settled } from './settled.js';
