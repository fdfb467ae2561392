import type { ModuleDatabase } from '../module-database.js';
import type { SharedPool } from '../pool/shared-pool.js';
import { ModuleConnection } from './module-connection.js';

type Connected = (error: undefined, connection: ModuleConnection, release: () => void) => void;

/** What TypeORM takes for the `pg` package: its pool hands out connections that join the running unit of work. */
export function moduleDriver(pool: SharedPool, database: ModuleDatabase): object {
  return {
    Pool: class {
      connect(connected: Connected): void {
        const connection = new ModuleConnection(database, pool, database.runningScope());
        connected(undefined, connection, () => connection.release());
      }

      on(): this {
        return this;
      }

      /** The shared pool outlives each data source. */
      end(ended: () => void): void {
        ended();
      }
    },
  };
}
