import { PlatformError } from '@macrolith/core';

const SHOWN_CHARACTERS = 120;

/** The beginning of a statement, for messages. */
export function shortened(statement: string): string {
  const oneLine = statement.replace(/\s+/g, ' ').trim();
  return oneLine.length <= SHOWN_CHARACTERS ? oneLine : `${oneLine.slice(0, SHOWN_CHARACTERS)}…`;
}

/** Work outlived its unit of work, or the command in it, and was refused: it could neither join nor be undone. */
export class UnitOfWorkEnded extends PlatformError {
  readonly code = 'macrolith.unit-of-work-ended';
  constructor(
    /** The module whose statement it was; undefined for work that is no statement. */
    readonly module: string | undefined,
    /** What was refused. */
    readonly statement: string,
  ) {
    super(
      `${module === undefined ? 'This' : `A statement of module '${module}'`} came after its unit of work had ended, so it was refused. ` +
        `Await everything that a unit of work starts, or start what shall outlive it with detach(). Refused: ${shortened(statement)}`,
    );
  }
}

/** A unit of work, or a command in it, could not keep its changes: everything in it was rolled back. `cause` says why. */
export class UnitOfWorkFailed extends PlatformError {
  readonly code = 'macrolith.unit-of-work-failed';
}

/** A statement failed and its error was swallowed. PostgreSQL has undone the scope by then, so it must not look done. */
export function swallowedFailure(what: 'unit of work' | 'command', cause: unknown): UnitOfWorkFailed {
  return new UnitOfWorkFailed(
    `A statement failed and its error was swallowed, so the whole ${what} was rolled back. ` +
      'Wrap what may fail in a nested transaction and catch its error there. The cause is attached.',
    { cause },
  );
}

/** PostgreSQL answered COMMIT with something else, and success: the transaction had failed before. */
export function notCommitted(tag: string, cause: unknown): UnitOfWorkFailed {
  return new UnitOfWorkFailed(`The database answered COMMIT with ${tag}: nothing was kept. The cause is attached.`, {
    cause,
  });
}

/** The connection was lost while COMMIT was under way: the changes may be there or not. */
export class CommitOutcomeUnknown extends PlatformError {
  readonly code = 'macrolith.commit-outcome-unknown';
  constructor(cause: unknown) {
    super(
      'The connection was lost while the transaction was being committed, so it is unknown whether its changes are there. ' +
        'Read before you write again, or repeat the command under the same idempotency key.',
      { cause },
    );
  }
}

/** A unit of work of one isolation level was asked for inside one of another. */
export class IsolationMismatch extends PlatformError {
  readonly code = 'macrolith.isolation-mismatch';
  constructor(
    readonly running: string,
    readonly wanted: string,
  ) {
    super(
      `The running unit of work is ${running}, and PostgreSQL cannot change that once it has begun. ` +
        `Ask for ${wanted} where it starts.`,
    );
  }
}

/** A unit of work would span two databases, which no local transaction can. */
export class SpansTwoDatabases extends PlatformError {
  readonly code = 'macrolith.spans-two-databases';
  constructor(
    readonly module: string,
    /** The module that sent the unit's first statement, if any was sent. */
    readonly begunBy: string | undefined,
  ) {
    const other = begunBy === undefined ? 'the running unit of work' : `'${begunBy}', whose unit of work is running`;
    super(
      `Module '${module}' keeps its tables in another database than ${other}, and one transaction cannot span both. ` +
        'Use a workflow or a task, or do this part with detach().',
    );
  }
}
