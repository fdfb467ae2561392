import type { PlatformMigration } from '@macrolith/data';

/**
 * The tables of a module that owns durable workflows, in its own schema. `workflow_run` is what is wished and how far it has come,
 * `workflow_step` what each step was sent and has answered, `workflow_intervention` what people did to runs, and why.
 */
export function runMigrations(schema: string): readonly PlatformMigration[] {
  const statements = [
    `CREATE TABLE ${schema}.workflow_run (
      id uuid PRIMARY KEY,
      workflow text NOT NULL,
      version integer NOT NULL,
      shape text NOT NULL,
      status text NOT NULL CHECK (status IN ('running', 'compensating', 'done', 'compensated', 'cancelled')),
      input jsonb,
      outcome jsonb,
      error jsonb,
      context jsonb NOT NULL,
      past_return boolean NOT NULL DEFAULT false,
      cancelled_for text,
      deadline_at timestamptz,
      lease uuid,
      leased_until timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      failure text,
      due_at timestamptz NOT NULL DEFAULT now(),
      stuck_since timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      closed_at timestamptz
    )`,
    `CREATE INDEX workflow_run_due ON ${schema}.workflow_run (due_at) WHERE status IN ('running', 'compensating')`,
    `CREATE INDEX workflow_run_created ON ${schema}.workflow_run (created_at, id)`,
    `CREATE INDEX workflow_run_closed ON ${schema}.workflow_run (closed_at) WHERE closed_at IS NOT NULL`,
    `CREATE TABLE ${schema}.workflow_step (
      run_id uuid NOT NULL REFERENCES ${schema}.workflow_run (id) ON DELETE CASCADE,
      name text NOT NULL,
      direction text NOT NULL CHECK (direction IN ('do', 'undo')),
      state text NOT NULL CHECK (state IN ('sent', 'done', 'refused')),
      input jsonb,
      output jsonb,
      error jsonb,
      attempts integer NOT NULL DEFAULT 0,
      position bigint GENERATED ALWAYS AS IDENTITY,
      noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (run_id, name, direction)
    )`,
    `CREATE TABLE ${schema}.workflow_intervention (
      run_id uuid NOT NULL REFERENCES ${schema}.workflow_run (id) ON DELETE CASCADE,
      action text NOT NULL CHECK (action IN ('retry', 'cancel')),
      who text NOT NULL,
      why text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`,
    `CREATE INDEX workflow_intervention_run ON ${schema}.workflow_intervention (run_id)`,
  ];
  return [{ name: 'workflow-1', statements }];
}
