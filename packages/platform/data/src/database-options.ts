export interface DatabaseOptions {
  /**
   * Where the database is and who prepares it: `postgres://user:password@host:5432/database`. This user makes roles,
   * schemas and tables at start: a superuser, or the owner of the database with the attribute CREATEROLE. Modules
   * never run as this user.
   */
  readonly url: string;
  /** Connections of this process. Default: 16. */
  readonly poolSize?: number;
  /** How long one statement of a module may run, in milliseconds. Default: 30 000. */
  readonly statementTimeoutMs?: number;
  /**
   * How long one statement of a module may wait for a lock, or for an open command of its own unit of work, in
   * milliseconds. Default: 10 000.
   */
  readonly lockTimeoutMs?: number;
  /** Whether to make missing roles, schemas and tables at start; otherwise a start on an unprepared database is refused. Default: true. */
  readonly migrate?: boolean;
}
