import type { PlatformMigration } from '@macrolith/data';

/**
 * The tables of a publishing module, in its own schema. `outbox` is the log of what was said and is never updated;
 * `delivery` holds what is still owed to each consumer. Its hot part stays small, since the partial indexes cover open
 * deliveries only, and those that wait behind another of their key (`parked`) are not even in the index that is claimed
 * from.
 */
export function outboxMigrations(schema: string): readonly PlatformMigration[] {
  return [
    { name: 'outbox-1', statements: firstOutbox(schema) },
    { name: 'outbox-2', statements: registeredConsumers(schema) },
    { name: 'outbox-3', statements: [`ALTER TABLE ${schema}.outbox ADD COLUMN tracestate text`] },
  ];
}

function firstOutbox(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.outbox (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      kind text NOT NULL CHECK (kind IN ('event', 'task')),
      source text NOT NULL,
      type text NOT NULL,
      key text NOT NULL,
      time timestamptz NOT NULL DEFAULT now(),
      data jsonb NOT NULL,
      traceparent text
    )`,
    `CREATE TABLE ${schema}.delivery (
      position bigint NOT NULL REFERENCES ${schema}.outbox (position) ON DELETE CASCADE,
      consumer text NOT NULL,
      key text NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dead')),
      attempts integer NOT NULL DEFAULT 0,
      due_at timestamptz NOT NULL DEFAULT now(),
      leased_until timestamptz,
      failure text,
      closed_at timestamptz,
      PRIMARY KEY (position, consumer)
    )`,
    `CREATE INDEX delivery_due ON ${schema}.delivery (due_at, position) WHERE state = 'open'`,
    `CREATE INDEX delivery_key ON ${schema}.delivery (consumer, key, position) WHERE state = 'open'`,
  ];
}

/** Consumers are registered in the database, people may intervene, and what waits behind its key is set aside. */
function registeredConsumers(schema: string): readonly string[] {
  return [
    `ALTER TABLE ${schema}.outbox
      ADD COLUMN correlation_id text NOT NULL DEFAULT '', ADD COLUMN causation_id uuid`,
    `ALTER TABLE ${schema}.outbox ALTER COLUMN correlation_id DROP DEFAULT`,
    `CREATE INDEX outbox_correlation ON ${schema}.outbox (correlation_id)`,
    `CREATE INDEX outbox_key ON ${schema}.outbox (key, position) WHERE kind = 'event'`,
    ...consumerTable(`${schema}.consumer`),
    `ALTER TABLE ${schema}.delivery
      ADD COLUMN priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1),
      ADD COLUMN parked boolean NOT NULL DEFAULT false,
      ADD COLUMN promotions integer NOT NULL DEFAULT 0,
      ADD COLUMN held boolean NOT NULL DEFAULT false,
      ADD COLUMN round integer NOT NULL DEFAULT 0,
      ADD COLUMN failed_at timestamptz,
      DROP CONSTRAINT delivery_state_check,
      ADD CHECK (state IN ('open', 'done', 'dead', 'discarded'))`,
    `DROP INDEX ${schema}.delivery_due`,
    ...deliveryIndexes(schema, 'delivery'),
    ...interventionTable(schema),
  ];
}

/** `filled_to` and `fill_until` bound what is still to be put before a consumer that starts from the beginning. */
export function consumerTable(table: string): readonly string[] {
  return [
    `CREATE TABLE ${table} (
      name text NOT NULL,
      event text NOT NULL,
      since timestamptz NOT NULL DEFAULT now(),
      filled_to bigint,
      fill_until bigint,
      PRIMARY KEY (name, event),
      CHECK ((filled_to IS NULL) = (fill_until IS NULL))
    )`,
  ];
}

/** Both logs of a schema share it, so whichever comes first makes it. */
export function interventionTable(schema: string): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${schema}.intervention (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      position bigint NOT NULL,
      message_id uuid NOT NULL,
      consumer text NOT NULL,
      action text NOT NULL CHECK (action IN ('retry', 'discard', 'replay', 'cancel')),
      who text NOT NULL,
      why text NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    )`,
    `CREATE INDEX IF NOT EXISTS intervention_position ON ${schema}.intervention (position)`,
  ];
}

/** Beside `delivery_key`: what may be claimed, what is set aside, and the dead letters. */
export function deliveryIndexes(schema: string, table: string): readonly string[] {
  return [
    `CREATE INDEX ${table}_due ON ${schema}.${table} (consumer, priority, due_at, position)
      WHERE state = 'open' AND NOT parked`,
    `CREATE INDEX ${table}_parked ON ${schema}.${table} (consumer, key, position) WHERE state = 'open' AND parked`,
    `CREATE INDEX ${table}_held ON ${schema}.${table} (consumer) WHERE state = 'open' AND held`,
    `CREATE INDEX ${table}_dead ON ${schema}.${table} (position) WHERE state = 'dead'`,
  ];
}

/** The table of a consuming module, in its own schema: which messages already had their effect. */
export function inboxMigrations(schema: string): readonly PlatformMigration[] {
  return [
    {
      name: 'inbox-1',
      statements: [
        `CREATE TABLE ${schema}.inbox (
          consumer text NOT NULL,
          message_id uuid NOT NULL,
          handled_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (consumer, message_id)
        )`,
      ],
    },
    {
      name: 'inbox-2',
      statements: [
        `ALTER TABLE ${schema}.inbox ADD COLUMN round integer NOT NULL DEFAULT 0`,
        `ALTER TABLE ${schema}.inbox DROP CONSTRAINT inbox_pkey, ADD PRIMARY KEY (consumer, message_id, round)`,
        `CREATE INDEX inbox_handled_at ON ${schema}.inbox (handled_at)`,
      ],
    },
  ];
}
