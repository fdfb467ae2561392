import type { UnitOfWork } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import { ConsumerRegistration, type WantedConsumer } from '../consumer/consumer-registration.js';
import { receivedOf } from '../log/log-tables.js';

/** The clocks of a broker and of the database may differ by so much: a little too early is heard, nothing is missed. */
export const CLOCKS_APART_MS = 60_000;

/** Notes what a module hears over a broker, and where the reading of each event begins. */
export class ReceivedRegistration {
  constructor(
    private readonly database: ModuleDatabase,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Registers `wanted`, and lets the reading of what `heard` are to hear begin. */
  async register(wanted: readonly WantedConsumer[], heard: readonly WantedConsumer[] = wanted): Promise<void> {
    const tables = receivedOf(this.database.schema);
    await new ConsumerRegistration(this.database, this.unitOfWork, tables).register(wanted);
    const fromNow = wanted.filter(({ from }) => from === 'now').map(({ name }) => name);
    await this.database.query(
      `UPDATE ${tables.consumer} SET stored_after = since - make_interval(secs => $2) WHERE name = ANY ($1) AND stored_after IS NULL`,
      [fromNow, CLOCKS_APART_MS / 1000],
    );
    // The cursors come last: an event is read when all who hear it are known.
    const events = [...new Set(heard.map(({ event }) => event))];
    await this.database.query(
      `INSERT INTO ${tables.log}_cursor (event, sequence)
      SELECT event, CASE WHEN "fromBeginning" THEN 0 END
      FROM jsonb_to_recordset($1::jsonb) AS heard (event text, "fromBeginning" boolean) ON CONFLICT DO NOTHING`,
      [JSON.stringify(events.map((event) => ({ event, fromBeginning: beginsEarly(heard, event) })))],
    );
  }
}

function beginsEarly(wanted: readonly WantedConsumer[], event: string): boolean {
  return wanted.some((consumer) => consumer.event === event && consumer.from === 'beginning');
}
