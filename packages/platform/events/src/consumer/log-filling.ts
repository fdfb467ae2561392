import type { ModuleDatabase } from '@macrolith/data';
import type { LogTables } from '../log/log-tables.js';
import { isWanted } from '../log/log-writing.js';

/** How much of the log one statement goes through. */
const STRIDE = 5_000;

/** Puts the log before consumers that start from its beginning. Any number of processes may do it at once. */
export class LogFilling {
  private readonly step: string;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly tables: LogTables,
  ) {
    this.step = stepStatement(tables);
  }

  /** Goes on until nothing is left to put, or `isStopped`. */
  async run(isStopped: () => boolean): Promise<void> {
    while (!isStopped() && (await this.putNext())) {
      // Each statement is one part, noted together with how far it came: after a crash the next process goes on there.
    }
  }

  private async putNext(): Promise<boolean> {
    const { rows } = await this.database.query<{ name: string; event: string; from: string }>(
      `SELECT name, event, filled_to::text AS from FROM ${this.tables.consumer} WHERE filled_to IS NOT NULL LIMIT 1`,
    );
    const [consumer] = rows;
    if (consumer === undefined) return false;
    await this.database.query(this.step, [consumer.name, consumer.event, consumer.from, STRIDE]);
    return true;
  }
}

/** $1 name, $2 event, $3 how far it was filled, $4 how many messages to look at. Two that do the same do it once. */
function stepStatement({ log, delivery, consumer }: LogTables): string {
  return `WITH filled AS (
      SELECT name, event, filled_to, fill_until FROM ${consumer}
      WHERE name = $1 AND event = $2 AND filled_to = $3::bigint FOR UPDATE
    ), part AS (
      SELECT message.position, message.key, message.kind, message.type
      FROM filled CROSS JOIN LATERAL (
        SELECT * FROM ${log} AS message
        WHERE message.position > filled.filled_to AND message.position <= filled.fill_until
        ORDER BY message.position LIMIT $4) AS message
    ), put AS (
      INSERT INTO ${delivery} (position, consumer, key)
      SELECT part.position, filled.name, part.key FROM part JOIN filled ON ${isWanted('filled', 'part')}
      ON CONFLICT DO NOTHING
    ), reached AS (SELECT max(position) AS position, count(*) AS looked_at FROM part)
    UPDATE ${consumer} AS consumer SET
      filled_to = CASE WHEN reached.looked_at = $4 THEN reached.position END,
      fill_until = CASE WHEN reached.looked_at = $4 THEN consumer.fill_until END
    FROM filled, reached WHERE consumer.name = filled.name AND consumer.event = filled.event`;
}
