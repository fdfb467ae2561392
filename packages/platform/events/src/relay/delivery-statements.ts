import type { LogTables } from '../log/log-tables.js';

/**
 * The statements by which relays hand over what is owed. Any number of relays run them on the same tables at once.
 *
 * A delivery may be handed over when it is the oldest open one of its consumer and key: the head. Those behind a head are
 * parked when a claim meets them, so that none is looked at twice, and the one behind it is promoted when a head closes.
 *
 *     open ──claim──▶ leased ──close──▶ done          behind a head: parked ──advance──▶ open
 *      ▲                │ retry
 *      └────────────────┴──bury──▶ dead
 */
export interface DeliveryStatements {
  /**
   * $1 consumers, $2 how many each may get, $3 how many at most, $4 lease in seconds, $5 how many more of each consumer to look
   * at, since some may wait behind others. Answers rows of `claimed`, or one row
   * with nulls; `parked` is how many were met that wait behind another.
   */
  readonly claim: string;
  /** The same, the newest first. */
  readonly claimNewest: string;
  /** $1 positions, $2 consumers, $3 attempts. Closes each unless another relay holds a newer claim; answers those closed. */
  readonly close: string;
  /** $1 consumers, $2 keys, $3 whether to take the next over, $4 lease in seconds. Runs after the close has committed. */
  readonly advance: string;
  /** $1 positions, $2 consumers, $3 attempts, $4 lease in seconds. Renews each lease that is still this relay's. */
  readonly renew: string;
  /** $1 position, $2 consumer, $3 attempt, $4 failure, $5 delay in milliseconds. */
  readonly retry: string;
  /** The same as `retry`: it was not begun, and does not count as an attempt. */
  readonly giveBack: string;
  /** The same as `retry`: waits for a process that understands it. */
  readonly hold: string;
  /** $1 position, $2 consumer, $3 attempt, $4 failure. */
  readonly bury: string;
  /** $1 consumers. Promotes parked deliveries with none before them: what a relay left that died between close and advance. */
  readonly unpark: string;
  /** $1 consumers. Lets held deliveries be tried again. */
  readonly release: string;
  /** $1 consumers. Answers those that something can be claimed for. */
  readonly due: string;
  /** $1 consumers. Milliseconds until the next delivery is due that is not due yet; null when there is none. */
  readonly nextDue: string;
  /** The same, with those that are due already and that nobody has leased. */
  readonly nextClaimable: string;
}

export function deliveryStatements({ log, delivery }: LogTables): DeliveryStatements {
  const claimed = `position = $1 AND consumer = $2 AND attempts = $3 AND state = 'open'`;
  const message = `message.id, message.kind, message.source, message.type, message.key, message.time, message.data,
      message.traceparent, message.tracestate, message.correlation_id AS "correlationId", message.causation_id AS "causationId"`;
  const levels = `(VALUES (1::smallint), (0::smallint), (-1::smallint)) AS level (priority)`;

  // Compared and sorted by all columns of `delivery_key`. By equality of consumer and key it might as well be the primary key
  // that is walked, through everything that was ever closed. Where the lane is empty, it answers another one's head.
  const headOf = (lane: string) => `(
        SELECT position, consumer, key, parked FROM ${delivery} AS waiting
        WHERE waiting.state = 'open'
          AND (waiting.consumer, waiting.key, waiting.position) >= (${lane}.consumer, ${lane}.key, 0::bigint)
        ORDER BY waiting.consumer, waiting.key, waiting.position LIMIT 1) AS head`;
  const isHeadOf = (lane: string) => `head.consumer = ${lane}.consumer AND head.key = ${lane}.key`;

  const claim = (direction: 'ASC' | 'DESC') => `WITH candidate AS MATERIALIZED (
      SELECT found.*, mine.free
      FROM unnest($1::text[], $2::integer[]) AS mine (consumer, free) CROSS JOIN ${levels} CROSS JOIN LATERAL (
        SELECT position, consumer, key, priority, due_at, promotions FROM ${delivery}
        WHERE state = 'open' AND NOT parked AND consumer = mine.consumer AND priority = level.priority
          AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
        ORDER BY due_at ${direction}, position ${direction} LIMIT mine.free + $5::integer FOR UPDATE SKIP LOCKED
      ) AS found
    ), seen AS (
      SELECT candidate.*, snapshot.promotions AS promotions_seen,
        ${isHeadOf('candidate')} AND head.position < candidate.position AS behind
      FROM candidate JOIN ${delivery} AS snapshot USING (position, consumer)
        CROSS JOIN LATERAL ${headOf('candidate')}
    ), ranked AS (
      SELECT position, consumer, free,
        row_number() OVER (PARTITION BY consumer ORDER BY priority DESC, due_at ${direction}, position ${direction}) AS own,
        row_number() OVER (ORDER BY priority DESC, due_at ${direction}, position ${direction}) AS nth
      FROM seen WHERE NOT behind
    ), set_aside AS (
      UPDATE ${delivery} AS delivery SET parked = true FROM seen
      WHERE seen.behind AND seen.promotions = seen.promotions_seen
        AND delivery.position = seen.position AND delivery.consumer = seen.consumer
      RETURNING 1
    ), claimed AS (
      UPDATE ${delivery} AS delivery
      SET leased_until = now() + make_interval(secs => $4), attempts = delivery.attempts + 1
      FROM ranked WHERE ranked.own <= ranked.free AND ranked.nth <= $3
        AND delivery.position = ranked.position AND delivery.consumer = ranked.consumer
      RETURNING delivery.position, delivery.consumer, delivery.attempts, delivery.round, ranked.nth
    )
    SELECT (SELECT count(*)::integer FROM set_aside) AS parked, claimed.position::text AS position, claimed.consumer,
      claimed.attempts AS attempt, claimed.round, ${message}
    FROM (SELECT) AS always LEFT JOIN (claimed JOIN ${log} AS message USING (position)) ON true
    ORDER BY claimed.nth`;

  const next = (condition: string) =>
    `SELECT ceil(extract(epoch FROM least(min(found.due_at) - now(), interval '1 day')) * 1000)::integer AS ms
      FROM unnest($1::text[]) AS mine (consumer) CROSS JOIN ${levels} CROSS JOIN LATERAL (
        SELECT due_at FROM ${delivery}
        WHERE state = 'open' AND NOT parked AND consumer = mine.consumer AND priority = level.priority AND ${condition}
        ORDER BY due_at LIMIT 1) AS found`;

  return {
    claim: claim('ASC'),
    claimNewest: claim('DESC'),
    close: `UPDATE ${delivery} AS delivery SET state = 'done', closed_at = now(), leased_until = NULL
      FROM unnest($1::bigint[], $2::text[], $3::integer[]) AS ended (position, consumer, attempt)
      WHERE delivery.position = ended.position AND delivery.consumer = ended.consumer
        AND delivery.attempts = ended.attempt AND ${isStillOpen}
      RETURNING delivery.position::text AS position, delivery.consumer`,
    // A snapshot that is younger than the close finds whatever was parked behind it, and updating the next one even if it
    // is not parked tells a claim that still has it behind the closed one (`promotions`) to leave it alone. It stays due
    // when it was: what is promoted is old, and must not look newer than what was just said.
    advance: `WITH closed AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[]) AS given (consumer, key, take)
    ), next AS MATERIALIZED (
      SELECT head.position, closed.consumer, closed.take
      FROM closed CROSS JOIN LATERAL ${headOf('closed')}
      WHERE ${isHeadOf('closed')}
    ), moved AS (
      UPDATE ${delivery} AS delivery
      SET parked = false, promotions = delivery.promotions + 1,
        leased_until = CASE WHEN ${canBeTaken} THEN now() + make_interval(secs => $4) ELSE delivery.leased_until END,
        attempts = CASE WHEN ${canBeTaken} THEN delivery.attempts + 1 ELSE delivery.attempts END
      FROM next WHERE delivery.position = next.position AND delivery.consumer = next.consumer AND ${isStillOpen}
      RETURNING delivery.position, delivery.consumer, delivery.attempts, delivery.round,
        next.take AND delivery.leased_until = now() + make_interval(secs => $4) AS taken
    )
    SELECT moved.position::text AS position, moved.consumer, moved.attempts AS attempt, moved.round, ${message}
    FROM moved JOIN ${log} AS message USING (position) WHERE moved.taken`,
    renew: `UPDATE ${delivery} AS delivery SET leased_until = now() + make_interval(secs => $4)
      FROM unnest($1::bigint[], $2::text[], $3::integer[]) AS held (position, consumer, attempt)
      WHERE delivery.position = held.position AND delivery.consumer = held.consumer
        AND delivery.attempts = held.attempt AND ${isStillOpen} AND delivery.leased_until IS NOT NULL`,
    retry: `UPDATE ${delivery} SET failure = $4, failed_at = now(), leased_until = NULL,
      due_at = now() + make_interval(secs => $5::double precision / 1000) WHERE ${claimed}`,
    giveBack: `UPDATE ${delivery} SET attempts = attempts - 1, failure = $4, failed_at = now(), leased_until = NULL,
      due_at = now() + make_interval(secs => $5::double precision / 1000) WHERE ${claimed}`,
    hold: `UPDATE ${delivery} SET failure = $4, failed_at = now(), leased_until = NULL, held = true,
      due_at = now() + make_interval(secs => $5::double precision / 1000) WHERE ${claimed}`,
    bury: `UPDATE ${delivery} SET state = 'dead', failure = $4, failed_at = now(), closed_at = now(), leased_until = NULL
      WHERE ${claimed}`,
    unpark: `WITH RECURSIVE lane AS (
      (SELECT consumer, key FROM ${delivery} WHERE state = 'open' AND parked AND consumer = ANY ($1)
        ORDER BY consumer, key LIMIT 1)
      UNION ALL
      SELECT further.* FROM lane CROSS JOIN LATERAL (
        SELECT consumer, key FROM ${delivery} WHERE state = 'open' AND parked AND consumer = ANY ($1)
          AND (consumer, key) > (lane.consumer, lane.key) ORDER BY consumer, key LIMIT 1) AS further
    ), stranded AS MATERIALIZED (
      SELECT head.position, lane.consumer FROM lane CROSS JOIN LATERAL ${headOf('lane')}
      WHERE ${isHeadOf('lane')} AND head.parked
    ), locked AS (
      SELECT delivery.position, delivery.consumer FROM ${delivery} AS delivery JOIN stranded USING (position, consumer)
      FOR UPDATE OF delivery SKIP LOCKED
    )
    UPDATE ${delivery} AS delivery SET parked = false, promotions = delivery.promotions + 1 FROM locked
    WHERE delivery.position = locked.position AND delivery.consumer = locked.consumer`,
    release: `UPDATE ${delivery} SET held = false, attempts = 0, due_at = now()
      WHERE state = 'open' AND held AND consumer = ANY ($1) AND leased_until IS NULL`,
    due: `SELECT mine.consumer FROM unnest($1::text[]) AS mine (consumer)
      WHERE EXISTS (SELECT FROM ${levels} CROSS JOIN LATERAL (
        SELECT FROM ${delivery}
        WHERE state = 'open' AND NOT parked AND consumer = mine.consumer AND priority = level.priority
          AND due_at <= now() AND (leased_until IS NULL OR leased_until < now()) LIMIT 1) AS found)`,
    nextDue: next('due_at > now()'),
    nextClaimable: next('(leased_until IS NULL OR leased_until < now())'),
  };
}

/**
 * Of rows that are looked up by their primary key. As an expression, so that no plan goes through all that is open instead,
 * which was little when it was made: the partial indexes are not even considered.
 */
const isStillOpen = `delivery.state || '' = 'open'`;

const canBeTaken = `next.take AND delivery.due_at <= now()
          AND (delivery.leased_until IS NULL OR delivery.leased_until < now())`;
