import type { PlatformMigration } from '@macrolith/data';

/**
 * The tables of a publishing module, in its own schema. `outbox` is the log of what was said and is never updated;
 * `delivery` holds what is still owed to each consumer, so that it stays small in its hot part: the partial indexes
 * cover open deliveries only.
 */
export function outboxMigrations(schema: string): readonly PlatformMigration[] {
  const statements = [
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
  return [{ name: 'outbox-1', statements }];
}

/** The table of a consuming module, in its own schema: which messages already had their effect. */
export function inboxMigrations(schema: string): readonly PlatformMigration[] {
  const statements = [
    `CREATE TABLE ${schema}.inbox (
      consumer text NOT NULL,
      message_id uuid NOT NULL,
      handled_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (consumer, message_id)
    )`,
  ];
  return [{ name: 'inbox-1', statements }];
}
