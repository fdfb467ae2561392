import { randomUUID } from 'node:crypto';
import type { ModuleDatabase } from '@macrolith/data';
import { receivedOf } from '../log/log-tables.js';

/**
 * Which process reads what a module hears. It saves work: that each message is written once is seen to by the cursor, which
 * only moves from where its reader took it.
 */
export class ReaderLease {
  private readonly holder = randomUUID();
  private readonly table: string;

  constructor(
    private readonly database: ModuleDatabase,
    readonly leaseMs: number,
  ) {
    this.table = `${receivedOf(database.schema).log}_reader`;
  }

  /** Takes or renews it. Answers whether it is held by this process now. */
  async take(): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `INSERT INTO ${this.table} AS reader (holder, until) VALUES ($1, now() + make_interval(secs => $2))
      ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
      WHERE reader.holder = excluded.holder OR reader.until < now()`,
      [this.holder, this.leaseMs / 1000],
    );
    return rowCount === 1;
  }

  /** Lets another process take it at once. */
  async release(): Promise<void> {
    await this.database.query(`UPDATE ${this.table} SET until = '-infinity' WHERE holder = $1`, [this.holder]);
  }
}
