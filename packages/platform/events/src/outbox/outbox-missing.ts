import { PlatformError } from '@macrolith/core';

/** A module published an event or queued a task, and has no outbox to write it to. */
export class OutboxMissing extends PlatformError {
  readonly code = 'macrolith.outbox-missing';
  constructor(
    readonly module: string,
    readonly type: string,
  ) {
    super(
      `'${module}' has no outbox for ${type}: it would be lost in a crash. ` +
        "Add outbox() beside database(…) to 'features' in the module's local.ts.",
    );
  }
}
