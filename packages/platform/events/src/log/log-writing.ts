import type { LogTables } from './log-tables.js';
import type { OutgoingMessage } from './message.js';

/**
 * Writes any number of messages in one statement, and with them what is owed: tasks to their addressees, events to the
 * consumers that are registered in the database. So an event also reaches a consumer that this process has never heard of.
 * A message whose id is there already stays the one that it is.
 */
export function writeStatement({ log, delivery, consumer }: LogTables): string {
  return `WITH message AS (
      INSERT INTO ${log} (id, kind, source, type, key, data, traceparent, tracestate, correlation_id, causation_id)
      SELECT (m->>'id')::uuid, m->>'kind', m->>'source', m->>'type', m->>'key', m->'data', m->>'traceparent',
        m->>'tracestate', m->>'correlationId', (m->>'causationId')::uuid
      FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (m, nth) ORDER BY nth
      ON CONFLICT (id) DO NOTHING
      RETURNING position, id, kind, type, key
    )
    INSERT INTO ${delivery} (position, consumer, key, priority, due_at)
    SELECT message.position, consumer.name, message.key, 0, now()
    FROM message JOIN ${consumer} AS consumer ON ${isWanted('consumer', 'message')}
    UNION ALL
    SELECT message.position, address.consumer, message.key, address.priority,
      now() + make_interval(secs => address."delayMs" / 1000)
    FROM message
    JOIN jsonb_to_recordset($2::jsonb) AS address (id uuid, consumer text, priority smallint, "delayMs" double precision)
      USING (id)`;
}

/** The values of the statement. */
export function writeValues(messages: readonly OutgoingMessage[]): readonly [rows: string, addresses: string] {
  const rows = messages.map(({ address, ...row }) => row);
  const addresses = messages.flatMap(({ id, address }) => (address === undefined ? [] : [{ id, ...address }]));
  return [JSON.stringify(rows), JSON.stringify(addresses)];
}

/** Whether a consumer wants a message: the event's name without its version, or every event. */
export function isWanted(consumer: string, message: string): string {
  return `${message}.kind = 'event' AND
    (${consumer}.event = '*' OR starts_with(${message}.type, ${consumer}.event || '.v'))`;
}
