/** Why a handover does not go on: what happened, why, and what to do. Nothing is half done: the command can be run again. */
export abstract class HandoverError extends Error {
  abstract readonly code: `handover.${string}`;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
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

/** Somebody began to take the handover back, and it did not come to its end. */
export class AbortUnfinished extends HandoverError {
  readonly code = 'handover.abort-unfinished';
  constructor(
    readonly module: string,
    readonly target: string,
  ) {
    super(
      `the handover of '${module}' to ${target} is being taken back, and cannot go on. Run macro handover ${module} --abort once more, then begin anew.`,
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
      `the target's server cannot connect to ${address}: ${sentence(withoutPassword(cause.message))} It fetches the rows itself: ` +
        'let it through (firewall, pg_hba.conf), or say with --source-host how it gets there. Run the command again then.',
    );
  }
}

/** Replication came to a stop, or cannot begin. */
export class ReplicationFailing extends HandoverError {
  readonly code = 'handover.replication-failing';
  constructor(
    readonly reason: string,
    remedy: string,
  ) {
    super(`${reason} ${remedy}`);
  }
}

/** A statement or a connection failed at a moment when nothing was expected to. */
export class HandoverInterrupted extends HandoverError {
  readonly code = 'handover.interrupted';
  constructor(cause: Error, what: string = cause.message) {
    super(`${withoutPassword(what)}. Run the command again: it goes on where the handover is.`, {
      cause,
    });
  }
}

/** What was asked cannot be done as asked: said to a program. */
export class WrongRequest extends HandoverError {
  readonly code = 'handover.wrong-request';
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** The user of one of the addresses may not do what it takes there. */
export class RightMissing extends HandoverError {
  readonly code = 'handover.right-missing';
  constructor(cause: Error) {
    super(
      `${cause.message}. The user that is named for that database lacks a right there: name the one that deploys to it, as in ` +
        'the DATABASE_URL of the module, or grant what the server asks for. Run the command again then.',
      { cause },
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
        'If it is to return, or to move on, hand it over from there.',
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
        : `the handover of '${module}' is not done (it is at '${phase}'): what is at the source is still needed. macro handover ${module} brings it to its end.`,
    );
  }
}

/** PostgreSQL's client library ends its errors with a question, on a line of its own. */
function sentence(text: string): string {
  return `${text.replace(/\s+/g, ' ').replace(/[.?]$/, '')}.`;
}

/** A password never leaves this program, whatever a server repeats. */
export function withoutPassword(text: string): string {
  return text.replace(/password=('[^']*'|\S+)/g, 'password=…').replace(/:\/\/([^:@/\s]+):[^@/\s]+@/g, '://$1:…@');
}
