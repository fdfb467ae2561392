import { startDisposableServer } from './disposable-server.ts';
import type { PostgresServer } from './postgres-server.ts';

/** Starts a real PostgreSQL on a free port of the loopback interface, for tests: fast, forgetful, gone after `stop()`. */
export async function startPostgres(): Promise<PostgresServer> {
  return await startDisposableServer();
}
