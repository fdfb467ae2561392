/** A PostgreSQL server that was started here. */
export interface PostgresServer {
  /** Connection URL of the superuser, to the database `postgres`. Holds the password: never print it. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Stops the server and resolves when its process is gone. May be called again. */
  stop(): Promise<void>;
}
