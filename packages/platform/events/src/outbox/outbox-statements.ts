/** The statements on one module's outbox. The schema is the module's own and comes from its checked manifest. */
export interface OutboxStatements {
  /** $1 messages, $2 deliveries, both JSON arrays. Writes any number of messages in one statement. */
  readonly write: string;
  /** $1 how many, $2 lease in seconds. Claims what is due, the oldest open one of each consumer and key. */
  readonly claim: string;
  /** $1 position, $2 consumer, $3 attempt. Closes a delivery unless another relay holds a newer claim. */
  readonly done: string;
  /** $1 position, $2 consumer, $3 attempt, $4 failure, $5 delay in milliseconds. */
  readonly retry: string;
  /** $1 position, $2 consumer, $3 attempt, $4 failure. */
  readonly bury: string;
  /** Milliseconds until the next delivery that may be claimed is due; null when nothing is open. */
  readonly nextDue: string;
}

export function outboxStatements(schema: string): OutboxStatements {
  // Messages of one key go in order, so only the oldest open one of a key can be due.
  const firstOfItsKey = `NOT EXISTS (
          SELECT FROM ${schema}.delivery AS earlier
          WHERE earlier.state = 'open' AND earlier.consumer = candidate.consumer
            AND earlier.key = candidate.key AND earlier.position < candidate.position)`;
  const claimed = `position = $1 AND consumer = $2 AND attempts = $3 AND state = 'open'`;
  return {
    write: `WITH message AS (
      INSERT INTO ${schema}.outbox (id, kind, source, type, key, data, traceparent)
      SELECT (m->>'id')::uuid, m->>'kind', m->>'source', m->>'type', m->>'key', m->'data', m->>'traceparent'
      FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (m, nth) ORDER BY nth
      RETURNING position, id, key
    )
    INSERT INTO ${schema}.delivery (position, consumer, key)
    SELECT message.position, wanted.consumer, message.key
    FROM message JOIN jsonb_to_recordset($2::jsonb) AS wanted (id uuid, consumer text) USING (id)`,
    claim: `WITH due AS (
      SELECT position, consumer FROM ${schema}.delivery AS candidate
      WHERE state = 'open' AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
        AND ${firstOfItsKey}
      ORDER BY due_at, position LIMIT $1 FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE ${schema}.delivery AS delivery
      SET leased_until = now() + make_interval(secs => $2), attempts = delivery.attempts + 1
      FROM due WHERE delivery.position = due.position AND delivery.consumer = due.consumer
      RETURNING delivery.position, delivery.consumer, delivery.attempts
    )
    SELECT claimed.position::text AS position, claimed.consumer, claimed.attempts AS attempt,
      outbox.id, outbox.kind, outbox.type, outbox.key, outbox.data, outbox.traceparent
    FROM claimed JOIN ${schema}.outbox AS outbox USING (position) ORDER BY claimed.position`,
    done: `UPDATE ${schema}.delivery SET state = 'done', closed_at = now(), leased_until = NULL WHERE ${claimed}`,
    retry: `UPDATE ${schema}.delivery SET failure = $4, leased_until = NULL,
      due_at = now() + make_interval(secs => $5::double precision / 1000) WHERE ${claimed}`,
    bury: `UPDATE ${schema}.delivery SET state = 'dead', failure = $4, closed_at = now(), leased_until = NULL WHERE ${claimed}`,
    nextDue: `SELECT ceil(extract(epoch FROM min(greatest(due_at, coalesce(leased_until, due_at))) - now()) * 1000)::integer AS ms
      FROM ${schema}.delivery AS candidate WHERE state = 'open' AND ${firstOfItsKey}`,
  };
}
