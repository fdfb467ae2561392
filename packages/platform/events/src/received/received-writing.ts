import type { ModuleDatabase } from '@macrolith/data';
import { receivedOf } from '../log/log-tables.js';
import { isWanted } from '../log/log-writing.js';
import type { ReceivedBatch } from './received-message.js';

/**
 * Writes what was read, whom it is owed to, and how far the reader came, in one statement and so in one transaction. It
 * does nothing when the cursor is not where the reader took it from: of two that read the same, one writes it.
 */
export class ReceivedWriting {
  private readonly statement: string;

  constructor(private readonly database: ModuleDatabase) {
    this.statement = writeStatement(database.schema);
  }

  /** Answers whether it was written. */
  async write({ event, from, to, storedAt, streamMade, messages, unreadable }: ReceivedBatch): Promise<boolean> {
    const { rows } = await this.database.query<{ written: boolean }>(this.statement, [
      event,
      from,
      to,
      streamMade,
      JSON.stringify(messages),
      JSON.stringify(unreadable),
      storedAt,
    ]);
    return rows[0]!.written;
  }
}

/**
 * $1 event, $2 where the cursor is, $3 where it goes, $4 when the stream was made, $5 messages, $6 what cannot be read, $7 when
 * the broker stored what is where the cursor goes. */
function writeStatement(schema: string): string {
  const { log, delivery, consumer, unreadable } = receivedOf(schema);
  return `WITH moved AS (
      UPDATE ${log}_cursor SET sequence = $3::bigint, stream_made = $4::timestamptz, since = $7::timestamptz
      WHERE event = $1 AND sequence IS NOT DISTINCT FROM $2::bigint RETURNING event
    ), message AS (
      INSERT INTO ${log} (id, source, type, key, time, stored_at, data, traceparent, tracestate, correlation_id, causation_id)
      SELECT (m->>'id')::uuid, m->>'source', m->>'type', m->>'key', (m->>'time')::timestamptz,
        (m->>'storedAt')::timestamptz, m->'data', m->>'traceparent', m->>'tracestate', m->>'correlationId', (m->>'causationId')::uuid
      FROM moved CROSS JOIN jsonb_array_elements($5::jsonb) WITH ORDINALITY AS given (m, nth) ORDER BY nth
      ON CONFLICT (id) DO NOTHING
      RETURNING position, kind, type, key, stored_at
    ), unreadable AS (
      INSERT INTO ${unreadable} (sequence, subject, headers, payload, reason, stored_at)
      SELECT given.sequence, given.subject, given.headers, decode(given."payloadBase64", 'base64'), given.reason,
        given."storedAt"
      FROM moved CROSS JOIN jsonb_to_recordset($6::jsonb) AS given
        (sequence bigint, subject text, headers text, "payloadBase64" text, reason text, "storedAt" timestamptz)
      ON CONFLICT DO NOTHING
    ), owed AS (
      INSERT INTO ${delivery} (position, consumer, key)
      SELECT message.position, consumer.name, message.key
      FROM message JOIN ${consumer} AS consumer ON ${isWanted('consumer', 'message')}
        AND (consumer.stored_after IS NULL OR message.stored_at >= consumer.stored_after)
    )
    SELECT EXISTS (SELECT FROM moved) AS written`;
}
