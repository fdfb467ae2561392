import { PlatformError } from '@macrolith/core';

/** Something needs tables in a module's schema, and the module has none. */
export class ModuleWithoutDatabase extends PlatformError {
  readonly code = 'macrolith.module-without-database';
  constructor(readonly module: string) {
    super(`Module '${module}' has no schema here. Add database() to the features of its @LocalModule.`);
  }
}
