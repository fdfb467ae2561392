import type { Database } from '@macrolith/data';
import { outboxOf, receivedOf } from '../log/log-tables.js';
import { isWanted } from '../log/log-writing.js';
import type { Publisher } from '../outbox/publishers.js';

interface ReadRow {
  readonly position: string;
  readonly message: object;
}

/** How many events are copied at once. */
const STRIDE = 2_000;

/**
 * Puts what a publisher said before it had a stream in front of what comes over the stream, for consumers that start from
 * the beginning and for those that will. It is copied once: until the first event has come over the stream.
 */
export class History {
  constructor(private readonly database: Database) {}

  /** Copies the events of these names from the publisher's outbox to what a module has received. */
  async copy(publisher: Publisher, module: string, events: readonly string[]): Promise<void> {
    const hearing = this.database.of(module);
    const { rows } = await hearing.query<{ event: string }>(
      `SELECT event FROM ${receivedOf(hearing.schema).log}_cursor WHERE event = ANY ($1) AND coalesce(sequence, 0) = 0`,
      [events],
    );
    const unread = rows.map(({ event }) => event);
    if (unread.length === 0) return;
    const publishing = this.database.of(publisher.module);
    const read = readStatement(publishing.schema);
    const write = writeStatement(hearing.schema);
    for (let after = '0', count = STRIDE; count === STRIDE; ) {
      const { rows: part } = await publishing.query<ReadRow>(read, [unread, after, STRIDE]);
      count = part.length;
      if (count === 0) return;
      await hearing.query(write, [JSON.stringify(part.map(({ message }) => message))]);
      after = part.at(-1)!.position;
    }
  }
}

/** $1 events, $2 after which position, $3 how many. */
function readStatement(schema: string): string {
  return `SELECT position::text AS position, jsonb_build_object('id', id, 'source', source, 'type', type, 'key', key,
      'time', time, 'data', data, 'traceparent', traceparent, 'tracestate', tracestate, 'correlationId', correlation_id,
      'causationId', causation_id) AS message
    FROM ${outboxOf(schema).log} AS message
    WHERE message.position > $2::bigint AND EXISTS (
      SELECT FROM unnest($1::text[]) AS wanted (event) WHERE ${isWanted('wanted', 'message')})
    ORDER BY message.position LIMIT $3`;
}

/** $1 messages. Those who heard them from the publisher directly are not addressed again (`stored_after`). */
function writeStatement(schema: string): string {
  const { log, delivery, consumer } = receivedOf(schema);
  return `WITH message AS (
      INSERT INTO ${log} (id, source, type, key, time, stored_at, data, traceparent, tracestate, correlation_id, causation_id)
      SELECT (m->>'id')::uuid, m->>'source', m->>'type', m->>'key', (m->>'time')::timestamptz,
        (m->>'time')::timestamptz, m->'data', m->>'traceparent', m->>'tracestate', m->>'correlationId', (m->>'causationId')::uuid
      FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (m, nth) ORDER BY nth
      ON CONFLICT (id) DO NOTHING
      RETURNING position, kind, type, key, stored_at
    )
    INSERT INTO ${delivery} (position, consumer, key)
    SELECT message.position, consumer.name, message.key
    FROM message JOIN ${consumer} AS consumer ON ${isWanted('consumer', 'message')}
      AND (consumer.stored_after IS NULL OR message.stored_at >= consumer.stored_after)`;
}
