/** Serves the shell page and the modules' assets from the installed packages. */
export { UiModule } from './ui-module.js';
export type { UiOptions } from './ui-options.js';
export { FastifyRequired } from './ui-server.js';
export { PlatformAssetsMissing } from './ui-site.js';
