import { startDisposableServer } from './disposable-server.ts';
import { startDurableServer } from './durable-server.ts';
import type { PostgresServer } from './postgres-server.ts';
import type { ServerSettings } from './server.ts';

export type PostgresOptions =
  /** For tests: fast, forgetful, in a folder that is removed at stop. */
  | {
      readonly durable?: false;
      /** In place of those that make it fast, such as `wal_level`. */
      readonly settings?: ServerSettings;
    }
  /** For a person's data: safe against crashes, kept in this folder from start to start. */
  | { readonly durable: true; readonly folder: string };

/**
 * Starts a real PostgreSQL on a free port of the loopback interface. When the process that started it dies, even by
 * SIGKILL, the server is stopped in good order.
 * @throws LocalServiceError with one sentence for the person at the terminal
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  return options.durable ? await startDurableServer(options.folder) : await startDisposableServer(options.settings);
}
