/** The statements on one module's runs. The schema is the module's own and comes from its checked manifest. */
export interface RunStatements {
  /** Makes a run with the step records that it has. Answers no row when its id is taken. */
  readonly begin: string;
  /** Writes what a run has come to, if its lease still holds and, unless $9, nobody has cancelled it. Answers a row if so. */
  readonly save: string;
  /** Writes that a run could not go on, and lets it go. */
  readonly fail: string;
  /** $1 known workflows as JSON, $2 how many, $3 lease in seconds. Leases what is due. */
  readonly claim: string;
  /** $1 known workflows as JSON. Milliseconds until the next run that may be claimed is due; null when none is open. */
  readonly nextDue: string;
  /** $1 run ids, $2 their leases, $3 lease in seconds. */
  readonly extend: string;
  /** $1 run id, $2 lease: hands a run that is not failing to whoever comes next. */
  readonly release: string;
  /** $1 run id. */
  readonly records: string;
  /** $1 run id. */
  readonly standing: string;
  /** $1 days, $2 how many. Removes runs that ended longer ago. */
  readonly sweep: string;
}

const RECORD = 'name text, direction text, state text, input jsonb, output jsonb, error jsonb';
const OPEN = `status IN ('running', 'compensating')`;

export function runStatements(schema: string): RunStatements {
  const runs = `${schema}.workflow_run`;
  const record = (given: string) => `steps AS (
      INSERT INTO ${schema}.workflow_step (run_id, name, direction, state, input, output, error)
      SELECT run.id, s.name, s.direction, s.state, s.input, s.output, s.error
      FROM run, ROWS FROM (jsonb_to_recordset(${given}::jsonb) AS (${RECORD})) WITH ORDINALITY
        AS s (name, direction, state, input, output, error, nth)
      ORDER BY s.nth
      ON CONFLICT (run_id, name, direction) DO UPDATE
      SET state = excluded.state, output = excluded.output, error = excluded.error, noted_at = clock_timestamp()
    )`;
  const known = `jsonb_to_recordset($1::jsonb) AS known (workflow text, version integer, shape text)`;
  const claimable = `${OPEN} AND EXISTS (
        SELECT FROM ${known}
        WHERE known.workflow = candidate.workflow AND known.version = candidate.version AND known.shape = candidate.shape)`;
  return {
    begin: `WITH run AS (
      INSERT INTO ${runs} (id, workflow, version, shape, input, context, deadline_at, lease, leased_until,
        status, past_return, outcome, error, closed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9), $10, $11, $12, $13,
        CASE WHEN $10 NOT IN ('running', 'compensating') THEN now() END)
      ON CONFLICT (id) DO NOTHING RETURNING id
    ), ${record('$14')}
    SELECT id FROM run`,
    save: `WITH run AS (
      UPDATE ${runs} SET status = $3, past_return = $4, outcome = $5, error = $6,
        attempts = 0, failure = NULL, stuck_since = NULL, due_at = now(),
        leased_until = CASE WHEN $3 IN ('running', 'compensating') THEN now() + make_interval(secs => $7) END,
        closed_at = CASE WHEN $3 NOT IN ('running', 'compensating') THEN now() END
      WHERE id = $1 AND lease = $2 AND ${OPEN} AND ($9 OR cancelled_for IS NULL)
      RETURNING id
    ), ${record('$8')}
    SELECT id FROM run`,
    fail: `WITH run AS (
      UPDATE ${runs} SET status = $3, past_return = past_return OR $4, error = $5, attempts = attempts + 1, failure = $6,
        due_at = now() + make_interval(secs => $7::double precision / 1000),
        stuck_since = CASE WHEN attempts + 1 >= $8 THEN coalesce(stuck_since, now()) END, lease = NULL, leased_until = NULL
      WHERE id = $1 AND lease = $2 AND ${OPEN}
      RETURNING id
    ), ${record('$9')}, tried AS (
      UPDATE ${schema}.workflow_step SET attempts = attempts + 1
      WHERE run_id = $1 AND name = $10 AND direction = $11
    )
    SELECT id FROM run`,
    claim: `WITH due AS (
      SELECT id FROM ${runs} AS candidate
      WHERE due_at <= now() AND (leased_until IS NULL OR leased_until < now()) AND ${claimable}
      ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    UPDATE ${runs} AS run SET lease = gen_random_uuid(), leased_until = now() + make_interval(secs => $3)
    FROM due WHERE run.id = due.id
    RETURNING run.id, run.workflow, run.version, run.status, run.input, run.error, run.context, run.cancelled_for,
      run.deadline_at, run.lease, run.attempts`,
    nextDue: `SELECT ceil(extract(epoch FROM min(greatest(due_at, coalesce(leased_until, due_at))) - now()) * 1000)::integer AS ms
      FROM ${runs} AS candidate WHERE ${claimable}`,
    extend: `UPDATE ${runs} SET leased_until = now() + make_interval(secs => $3)
      WHERE id IN (SELECT id FROM ${runs} WHERE id = ANY ($1::uuid[]) AND lease = ANY ($2::uuid[]) AND ${OPEN}
        FOR UPDATE SKIP LOCKED)`,
    release: `UPDATE ${runs} SET lease = NULL, leased_until = NULL, due_at = now() WHERE id = $1 AND lease = $2`,
    records: `SELECT name, direction, state, input, output, error FROM ${schema}.workflow_step WHERE run_id = $1 ORDER BY position`,
    standing: `SELECT workflow, version, shape, status, input, outcome, error, cancelled_for, lease FROM ${runs} WHERE id = $1`,
    sweep: `DELETE FROM ${runs} WHERE id IN (
      SELECT id FROM ${runs} WHERE closed_at < now() - make_interval(days => $1) LIMIT $2)`,
  };
}
