import { PlatformError } from '@macrolith/core';

/** A module asked for a projection that it does not have. */
export class UnknownProjection extends PlatformError {
  readonly code = 'macrolith.unknown-projection';
  constructor(
    readonly module: string,
    readonly projection: string,
  ) {
    super(
      `'${module}' has no projection '${projection}'. Decorate a class with @Projection('${projection}', …) and list it in ` +
        "subscriptions([…]) in the module's local.ts.",
    );
  }
}

/** The log does not reach back as far as what answers now: built anew, the projection would have forgotten the rest. */
export class RebuildWouldForget extends PlatformError {
  readonly code = 'macrolith.rebuild-would-forget';
  constructor(
    readonly module: string,
    readonly projection: string,
    readonly knownFrom: Date,
    readonly logFrom: Date | undefined,
  ) {
    const reach = logFrom === undefined ? 'is empty' : `begins at ${logFrom.toISOString()}`;
    super(
      `The projection '${projection}' of '${module}' knows events since ${knownFrom.toISOString()}, and the log ${reach}: ` +
        'older ones were removed. Built anew it would have forgotten them, so it stays as it is. ' +
        'To be able to rebuild, keep the log as long as the projection shall reach back (logDays of EventsModule.forRoot()).',
    );
  }
}

/** Two classes of a module claim the same projection. */
export class ProjectionNameTaken extends PlatformError {
  readonly code = 'macrolith.projection-name-taken';
  constructor(
    readonly module: string,
    readonly projection: string,
  ) {
    super(
      `Two classes of '${module}' are the projection '${projection}'. Rename one: the name is stored with its rows.`,
    );
  }
}
