import { PlatformError } from '@macrolith/core';
import type { DatabaseLocation } from './connection-errors.js';

/** The user of the database URL may not make what the modules need. */
export class InsufficientDatabaseRights extends PlatformError {
  readonly code = 'macrolith.insufficient-database-rights';
  constructor(
    readonly location: DatabaseLocation,
    cause: Error,
  ) {
    super(
      `The user '${location.user}' may not prepare the database '${location.database}' (${cause.message}). ` +
        'Use a superuser, or the owner of the database with the attribute CREATEROLE.',
      { cause },
    );
  }
}

/** The server is too old. */
export class UnsupportedPostgres extends PlatformError {
  readonly code = 'macrolith.unsupported-postgres';
  constructor(
    readonly version: string,
    readonly required: number,
  ) {
    super(
      `PostgreSQL ${version} is too old: version ${required} was the first whose roles can be granted without being inherited. ` +
        'Use a newer server.',
    );
  }
}

/** A module's schema exists and is not its own. */
export class SchemaBelongsToAnother extends PlatformError {
  readonly code = 'macrolith.schema-belongs-to-another';
  constructor(
    readonly module: string,
    readonly schema: string,
    readonly owner: string,
    readonly wantedOwner: string,
  ) {
    super(
      `Module '${module}' needs the schema '${schema}', which exists and belongs to the role '${owner}'. ` +
        `Give the module another schema in its manifest, or hand this one over: ALTER SCHEMA "${schema}" OWNER TO "${wantedOwner}".`,
    );
  }
}

/** Another process is preparing the database and did not end in time. */
export class MigrationLockTimeout extends PlatformError {
  readonly code = 'macrolith.migration-lock-timeout';
  constructor(readonly waitedMs: number) {
    super(
      `Another process has been preparing the database for more than ${waitedMs} ms. ` +
        "Wait for it to end, or look for its session: SELECT pid FROM pg_locks WHERE locktype = 'advisory'.",
    );
  }
}

/** A migration could not be run. Those before it stay; in a transaction of its own, nothing of it does. */
export class MigrationFailed extends PlatformError {
  readonly code = 'macrolith.migration-failed';
  constructor(
    readonly module: string,
    readonly migration: string,
    cause: Error & { code?: string },
  ) {
    const advice =
      cause.code === '55P03'
        ? 'A table that it changes stayed locked by others: start again when they are done.'
        : 'Correct it and start again: those before it are kept, and it is tried anew.';
    super(`The migration ${migration} of module '${module}' failed: ${cause.message}. ${advice}`, { cause });
  }
}

/** A migration class cannot be used. */
export class InvalidMigration extends PlatformError {
  readonly code = 'macrolith.invalid-migration';
  constructor(
    readonly module: string,
    readonly migration: string,
    problem: string,
  ) {
    super(`The migration ${migration} of module '${module}' ${problem}`);
  }
}

/** This process was told not to prepare the database, and it is not prepared. */
export class DatabaseNotPrepared extends PlatformError {
  readonly code = 'macrolith.database-not-prepared';
  constructor(
    readonly database: string,
    /** Migrations that have not run, as module/name. */
    readonly pending: readonly string[],
  ) {
    const what = pending.length === 0 ? 'roles, schemas or rights are missing' : `not run: ${pending.join(', ')}`;
    super(`The database '${database}' is not ready for these modules (${what}). Start one process with migrate: true.`);
  }
}
