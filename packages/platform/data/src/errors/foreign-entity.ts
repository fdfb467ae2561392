import { PlatformError } from '@macrolith/core';

/** A module's entity names a table of another schema. */
export class ForeignEntity extends PlatformError {
  readonly code = 'macrolith.foreign-entity';
  constructor(
    readonly module: string,
    readonly entity: string,
    readonly schema: string,
  ) {
    super(
      `The entity ${entity} of module '${module}' lies in the schema '${schema}', which is not the module's own. ` +
        'Leave the schema out, or ask the module that owns the table through its port.',
    );
  }
}
