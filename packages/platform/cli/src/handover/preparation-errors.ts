import { HandoverError } from './handover-errors.js';

/** One thing that a server or its user lacks. */
export interface Lack {
  readonly side: 'source' | 'target';
  readonly what: string;
  readonly remedy: string;
}

/** The servers, or the users of the URLs, are not ready. Nothing was changed. */
export class NotReadyForHandover extends HandoverError {
  readonly code = 'handover.not-ready';
  constructor(readonly lacks: readonly Lack[]) {
    super(
      [
        'nothing was changed, since this is missing:',
        ...lacks.map(({ side, what, remedy }) => `  ${side}  ${what}\n          do  ${remedy}`),
      ].join('\n'),
    );
  }
}

/** Another version of the module runs at the source than the one that this command sees. */
export class MigrationsDiffer extends HandoverError {
  readonly code = 'handover.migrations-differ';
  constructor(
    readonly module: string,
    /** Ran at the source, and are not in the package that this command sees. */
    readonly unknown: readonly string[],
    /** Are in the package, and have not run at the source. */
    readonly missing: readonly string[],
  ) {
    const parts = [
      ...(unknown.length === 0
        ? []
        : [`it has run ${unknown.join(', ')}, which this version of the package does not have`]),
      ...(missing.length === 0 ? [] : [`it has not run ${missing.join(', ')}`]),
    ];
    super(
      `the source has another version of '${module}': ${parts.join('; ')}. ` +
        'Run macro from the version that is deployed there, and deploy no migrations until the handover is done; ' +
        'if one was deployed meanwhile, macro handover --abort and begin again.',
    );
  }
}

/** The module has no schema where it should come from. */
export class NotAtSource extends HandoverError {
  readonly code = 'handover.not-at-source';
  constructor(
    readonly module: string,
    readonly source: string,
  ) {
    super(
      `'${module}' has no tables in ${source}. Name the database in which it runs with --database or DATABASE_URL; ` +
        'a module that has never run needs no handover: start it with the DATABASE_URL that it shall have.',
    );
  }
}

/** Both sides have the same migrations, and their tables differ all the same: somebody changed one by hand. */
export class TablesDiffer extends HandoverError {
  readonly code = 'handover.tables-differ';
  constructor(readonly differences: readonly string[]) {
    super(
      `the tables of the two sides differ although the migrations are the same: ${differences.join('; ')}. ` +
        'Somebody changed one side by hand: make that change a migration, or take it back.',
    );
  }
}

/** What replication does not carry. */
export class CannotBeMoved extends HandoverError {
  readonly code = 'handover.cannot-be-moved';
  constructor(readonly relations: readonly string[]) {
    super(
      `this cannot be carried over: ${relations.join(', ')}. Nothing was changed. ` +
        'Make an unlogged table LOGGED, and drop what can be made anew at the target, by a migration of the module.',
    );
  }
}

/** Events pass between the module and others inside the database: they would not arrive any more. */
export class EventsInDatabase extends HandoverError {
  readonly code = 'handover.events-in-database';
  constructor(
    readonly module: string,
    readonly consumers: readonly string[],
  ) {
    super(
      `events reach ${consumers.join(', ')} inside the source's database, and would be lost by the move. Nothing was changed. ` +
        `Put events on NATS first, start all processes with it once, and let what is owed be delivered (macro events consumers): see docs/how-to/put-events-on-nats.md.`,
    );
  }
}

/** A handover from the same source was taken back while the target was not named, or away. */
export class LeftAtTarget extends HandoverError {
  readonly code = 'handover.left-at-target';
  constructor(
    readonly module: string,
    readonly target: string,
  ) {
    super(
      `${target} still holds what a handover of '${module}' from here had brought there before it was taken back. Nothing was changed. ` +
        `Remove it first: macro handover ${module} --abort, with the same --to.`,
    );
  }
}

/** The target's schema holds something that did not come by this handover. */
export class TargetNotEmpty extends HandoverError {
  readonly code = 'handover.target-not-empty';
  constructor(
    readonly schema: string,
    readonly tables: readonly string[],
  ) {
    super(
      `the target has rows in ${tables.join(', ')} already, and they did not come from here. Nothing was changed. ` +
        `Name an empty database, or remove them: DROP SCHEMA ${schema} CASCADE.`,
    );
  }
}
