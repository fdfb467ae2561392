import pg from 'pg';

/** How the events of a backlog are spread over keys. */
export interface Shape {
  readonly name: string;
  /** SQL of the key of event number `nth`, from 1. */
  readonly key: string;
}

export const SHAPES: readonly Shape[] = [
  { name: 'one key', key: `'the only one'` },
  { name: '1,000 keys', key: `'key ' || nth % 1000` },
  { name: 'all keys distinct', key: `'key ' || nth` },
];

/** Sales of the backlog are of this batch, and of no sample. */
export const BACKLOG_BATCH = 0;

const PART = 50_000;

/** Lets events pile up as they would while nobody hands them over: in the log, and owed to the ledger. */
export async function pileUp(url: string, events: number, { key }: Shape): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (let done = 0; done < events; done += PART) {
      await client.query(
        `WITH message AS (
          INSERT INTO market.outbox (id, kind, source, type, key, data, correlation_id)
          SELECT gen_random_uuid(), 'event', '/market', 'market.sold.v1', ${key},
            jsonb_build_object('batch', ${BACKLOG_BATCH}, 'number', nth, 'key', ${key}), 'backlog'
          FROM generate_series(${done + 1}, ${Math.min(events, done + PART)}) AS nth ORDER BY nth
          RETURNING position, key
        ) INSERT INTO market.delivery (position, consumer, key) SELECT position, 'ledger.enter', key FROM message`,
      );
    }
  } finally {
    await client.end();
  }
}
