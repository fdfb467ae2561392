import type { Moment } from './conversation.ts';

/**
 * A named point of a program's work at which it dies. Points are told by what the program says to its database, and not by
 * calls in its code: that code stays as it is in production, every statement of it is such a point, and "before the commit"
 * and "after the commit whose answer never came" are exact, which no call around a commit could be.
 */
export interface CrashPoint {
  readonly name: string;
  readonly isAt: (moment: Moment) => boolean;
}

const COMMIT = /^\s*commit\b/i;

/** The server never gets to know a statement that matches. */
export function before(statement: RegExp): CrashPoint {
  return {
    name: `before ${statement}`,
    isAt: (moment) => moment.when === 'before' && statement.test(moment.statement),
  };
}

/** The server has carried out a statement that matches; the program never gets to know. */
export function after(statement: RegExp): CrashPoint {
  return { name: `after ${statement}`, isAt: (moment) => moment.when === 'after' && statement.test(moment.statement) };
}

/** A transaction with a statement that matches is complete but for its COMMIT. */
export function beforeCommitOf(statement: RegExp): CrashPoint {
  return {
    name: `before the commit of ${statement}`,
    isAt: (moment) => moment.when === 'before' && commits(moment, statement),
  };
}

/** A transaction with a statement that matches has committed; the program never gets to know. */
export function afterCommitOf(statement: RegExp): CrashPoint {
  return {
    name: `after the commit of ${statement}`,
    isAt: (moment) => moment.when === 'after' && commits(moment, statement),
  };
}

/** Any moment whatever: with `nth`, a point by chance. */
export const ANY_MOMENT: CrashPoint = { name: 'any moment', isAt: () => true };

function commits({ statement, transaction }: Moment, wanted: RegExp): boolean {
  return COMMIT.test(statement) && transaction.some((each) => wanted.test(each));
}
