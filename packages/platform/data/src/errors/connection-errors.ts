import { PlatformError } from '@macrolith/core';

/** Where a database is, without the password. */
export interface DatabaseLocation {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Nothing answers where the database should be. */
export class DatabaseUnreachable extends PlatformError {
  readonly code = 'macrolith.database-unreachable';
  constructor(
    readonly location: DatabaseLocation,
    cause: Error,
  ) {
    super(
      `No PostgreSQL answers at ${location.host}:${location.port} (${cause.message || 'no connection'}). ` +
        'Start it, or correct the host and port of the database URL.',
      { cause },
    );
  }
}

/** The database does not accept the user or the password. */
export class DatabaseAuthenticationFailed extends PlatformError {
  readonly code = 'macrolith.database-authentication-failed';
  constructor(
    readonly location: DatabaseLocation,
    cause: Error,
  ) {
    super(
      `PostgreSQL at ${location.host}:${location.port} does not let '${location.user}' in (${cause.message}). ` +
        'Correct the user and the password of the database URL.',
      { cause },
    );
  }
}

/** The server is there and has no database of that name. */
export class DatabaseNotFound extends PlatformError {
  readonly code = 'macrolith.database-not-found';
  constructor(
    readonly location: DatabaseLocation,
    cause: Error,
  ) {
    super(
      `PostgreSQL at ${location.host}:${location.port} has no database '${location.database}'. ` +
        'Create it, or correct the name at the end of the database URL.',
      { cause },
    );
  }
}

/** The text that should be a database URL is none. It is not repeated, because it may hold a password. */
export class InvalidDatabaseUrl extends PlatformError {
  readonly code = 'macrolith.invalid-database-url';
  constructor(problem: string) {
    super(`The database URL ${problem}. Write postgres://user:password@host:5432/database.`);
  }
}

/** The connection broke while it was in use. Whatever had not been committed on it is undone. */
export class ConnectionLost extends PlatformError {
  readonly code = 'macrolith.connection-lost';
  constructor(cause: unknown) {
    super('The connection to the database was lost. What was not committed on it is undone: run the whole again.', {
      cause,
    });
  }
}

/** Every connection of the pool stayed in use for too long. */
export class NoConnectionAvailable extends PlatformError {
  readonly code = 'macrolith.no-connection-available';
  constructor(
    readonly poolSize: number,
    readonly waitedMs: number,
    cause?: unknown,
  ) {
    super(
      `All ${poolSize} connections of the pool stayed in use for ${waitedMs} ms. ` +
        'Look for units of work that wait for something else while they hold one, or raise poolSize.',
      { cause },
    );
  }
}

interface ErrorWithCode extends Error {
  readonly code?: string;
}

/** The typed form of an error that came while connecting. */
export function connectionError(location: DatabaseLocation, error: unknown): Error {
  const cause = error as ErrorWithCode;
  const { code } = cause;
  // Node's timeouts and broken connections have no code.
  if (code === undefined) return new DatabaseUnreachable(location, firstOf(cause));
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  if (code === '3D000') return new DatabaseNotFound(location, cause);
  if (code.startsWith('28')) return new DatabaseAuthenticationFailed(location, cause);
  const isNetworkError = /^E[A-Z]/.test(code);
  return isNetworkError ? new DatabaseUnreachable(location, firstOf(cause)) : cause;
}

/** Node tries every address of a host name and then fails with all their errors. */
function firstOf(error: Error): Error {
  return error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
}
