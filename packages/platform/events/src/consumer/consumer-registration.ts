import type { UnitOfWork } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { LogTables } from '../log/log-tables.js';

/** A consumer of a log, as it is to be registered. */
export interface WantedConsumer {
  /** `notifications.thank`, or `analytics.recordSale@2`. */
  readonly name: string;
  /** The event's name without its version; `*` for every event. */
  readonly event: string;
  /** Where it starts when it is new. */
  readonly from: 'now' | 'beginning';
}

/**
 * Notes in the database who wants which events of a log, so that whoever writes to it addresses them. A consumer that is
 * known keeps its place. One that wants to start from the beginning gets its deliveries from the log a part at a time
 * (`LogFilling`), and begins when it has all of them.
 */
export class ConsumerRegistration {
  constructor(
    private readonly database: ModuleDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly tables: LogTables,
  ) {}

  async register(wanted: readonly WantedConsumer[]): Promise<void> {
    const { rows } = await this.database.query<{ name: string; event: string }>(
      `SELECT name, event FROM ${this.tables.consumer}`,
    );
    const isKnown = ({ name, event }: WantedConsumer) => rows.some((row) => row.name === name && row.event === event);
    const added = wanted.filter((consumer) => !isKnown(consumer));
    if (added.length > 0) await this.unitOfWork.run(() => this.add(added));
  }

  /** Addresses nothing to it any more. What it is owed already stays. */
  async remove(name: string): Promise<void> {
    await this.database.query(`DELETE FROM ${this.tables.consumer} WHERE name = $1`, [name]);
  }

  /**
   * The lock waits for those who are writing to the log without knowing of the newcomer, and keeps others from beginning.
   * They hold theirs from their last statement to their commit only. So every message up to `fill_until` is visible, and
   * every later one is addressed to the newcomer by whoever writes it.
   */
  private async add(consumers: readonly WantedConsumer[]): Promise<void> {
    const { log, consumer: table } = this.tables;
    await this.database.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await this.database.query(
      `INSERT INTO ${table} (name, event, filled_to, fill_until)
      SELECT name, event, CASE WHEN "from" = 'beginning' THEN 0 END,
        CASE WHEN "from" = 'beginning' THEN (SELECT coalesce(max(position), 0) FROM ${log}) END
      FROM jsonb_to_recordset($1::jsonb) AS wanted (name text, event text, "from" text) ON CONFLICT DO NOTHING`,
      [JSON.stringify(consumers)],
    );
  }
}
