/** Builds a module's UI into content-hashed assets and their manifest. */
export { type ModuleUiOptions, moduleUi } from './module-ui.js';
