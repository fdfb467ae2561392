/** Why a handover does not go on: what happened, why, and what to do. Nothing is half done: the command can be run again. */
export abstract class HandoverError extends Error {
  abstract readonly code: `handover.${string}`;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

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

/** The module is on its way to the database that was named as the source. */
export class StillArriving extends HandoverError {
  readonly code = 'handover.still-arriving';
  constructor(
    readonly module: string,
    readonly from: string,
  ) {
    super(
      `'${module}' has not arrived in the source yet: it is being handed over from ${from}. End that handover first.`,
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

/** The module is being handed over to another database than the one that was named. */
export class OtherTarget extends HandoverError {
  readonly code = 'handover.other-target';
  constructor(
    readonly module: string,
    readonly target: string,
  ) {
    super(
      `'${module}' is being handed over to ${target} already. Name that database with --to, or take that handover back with --abort.`,
    );
  }
}

/** Another command hands the same module over. */
export class HandoverUnderWay extends HandoverError {
  readonly code = 'handover.under-way';
  constructor(readonly module: string) {
    super(
      `another macro handover ${module} is at work. Wait until it ends; if it was killed, the server ends its session in a moment.`,
    );
  }
}

/** The target's server cannot fetch from the source's. */
export class TargetCannotReachSource extends HandoverError {
  readonly code = 'handover.target-cannot-reach-source';
  constructor(address: string, cause: Error) {
    super(
      `the target's server cannot connect to ${address}: ${withoutPassword(cause.message)}. It fetches the rows itself: ` +
        'let it through (firewall, pg_hba.conf), or say with --source-host how it gets there. Run the command again then.',
    );
  }
}

/** Replication came to a stop. */
export class ReplicationFailing extends HandoverError {
  readonly code = 'handover.replication-failing';
  constructor(readonly reason: string) {
    super(
      `${reason} The reason is in the log of the target's server. Mend it and run the command again; or begin anew with --abort.`,
    );
  }
}

/** What arrived is not what was sent. */
export class ContentsDiffer extends HandoverError {
  readonly code = 'handover.contents-differ';
  constructor(readonly tables: readonly string[]) {
    super(
      `the two sides differ in ${tables.join(', ')}. Nothing was switched, and the source goes on serving. ` +
        'Somebody wrote to the target, or a row did not arrive: begin anew with --abort.',
    );
  }
}

/** Writers did not let go of the tables in time. */
export class WritersStayed extends HandoverError {
  readonly code = 'handover.writers-stayed';
  constructor(
    readonly withinMs: number,
    readonly sessions: readonly string[],
  ) {
    const who = sessions.length === 0 ? 'Somebody' : sessions.join(', ');
    super(
      `${who} did not end a transaction on the module's tables within ${withinMs / 1000} s. Writers were let go on, and nothing was switched. ` +
        'End that transaction, or run the command again with a longer --pause.',
    );
  }
}

/** The pause would have been longer than it may be. */
export class PauseTooLong extends HandoverError {
  readonly code = 'handover.pause-too-long';
  constructor(
    readonly boundMs: number,
    readonly during: string,
  ) {
    super(
      `${during} took longer than the pause of ${boundMs / 1000} s may be. Writers were let go on at the source, and nothing was switched. ` +
        'Run the command again at a quieter hour, or with a longer --pause.',
    );
  }
}

/** The module lives at the target already. */
export class AlreadySwitched extends HandoverError {
  readonly code = 'handover.already-switched';
  constructor(
    readonly module: string,
    readonly target: string,
  ) {
    super(
      `'${module}' lives in ${target} already, and may have been written to there: it cannot be taken back. ` +
        'Hand it over from there if it is to return.',
    );
  }
}

/** There is no handover of the module, or it has not come so far. */
export class NotSwitched extends HandoverError {
  readonly code = 'handover.not-switched';
  constructor(
    readonly module: string,
    readonly phase: string | undefined,
  ) {
    super(
      phase === undefined
        ? `'${module}' is not being handed over from this database. Is --database the one that it is, or was, in?`
        : `the handover of '${module}' is not done (it is at '${phase}'): what is at the source is still needed.`,
    );
  }
}

/** A password never leaves this program, whatever a server repeats. */
export function withoutPassword(text: string): string {
  return text.replace(/password=('[^']*'|\S+)/g, 'password=…').replace(/:\/\/([^:@/\s]+):[^@/\s]+@/g, '://$1:…@');
}
