import type { PlatformMigration } from '@macrolith/data';
import { consumerTable, deliveryIndexes, interventionTable } from '../outbox/outbox-tables.js';

/**
 * The tables by which a module hears events over a broker, in its own schema. `received` is an ordered copy of what it
 * hears, relayed from like an outbox; they stay empty where events do not leave the database.
 */
export function receivedMigrations(schema: string): readonly PlatformMigration[] {
  const table = `${schema}.received`;
  const statements = [
    `CREATE TABLE ${table} (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      kind text NOT NULL DEFAULT 'event' CHECK (kind = 'event'),
      source text NOT NULL,
      type text NOT NULL,
      key text NOT NULL,
      time timestamptz NOT NULL,
      stored_at timestamptz NOT NULL,
      data jsonb NOT NULL,
      traceparent text,
      correlation_id text NOT NULL,
      causation_id uuid
    )`,
    `CREATE INDEX received_correlation ON ${table} (correlation_id)`,
    `CREATE INDEX received_key ON ${table} (key, position)`,
    ...consumerTable(`${table}_consumer`),
    // A consumer that starts from now hears nothing that the broker stored earlier, though another may have it read.
    `ALTER TABLE ${table}_consumer ADD COLUMN stored_after timestamptz`,
    `CREATE TABLE ${table}_delivery (
      position bigint NOT NULL REFERENCES ${table} (position) ON DELETE CASCADE,
      consumer text NOT NULL,
      key text NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dead', 'discarded')),
      attempts integer NOT NULL DEFAULT 0,
      due_at timestamptz NOT NULL DEFAULT now(),
      leased_until timestamptz,
      failure text,
      closed_at timestamptz,
      priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1),
      parked boolean NOT NULL DEFAULT false,
      promotions integer NOT NULL DEFAULT 0,
      held boolean NOT NULL DEFAULT false,
      round integer NOT NULL DEFAULT 0,
      failed_at timestamptz,
      PRIMARY KEY (position, consumer)
    )`,
    `CREATE INDEX received_delivery_key ON ${table}_delivery (consumer, key, position) WHERE state = 'open'`,
    ...deliveryIndexes(schema, 'received_delivery'),
    ...interventionTable(schema),
    // How far each event was read, and when the broker had stored the last of it. Without a sequence: from what was stored since.
    `CREATE TABLE ${table}_cursor (
      event text PRIMARY KEY,
      sequence bigint,
      since timestamptz NOT NULL DEFAULT now(),
      stream_made timestamptz
    )`,
    // Which process reads.
    `CREATE TABLE ${table}_reader (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      holder uuid NOT NULL,
      until timestamptz NOT NULL
    )`,
    // Messages that are no events, as they came.
    `CREATE TABLE ${table}_unreadable (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      sequence bigint NOT NULL,
      subject text NOT NULL,
      headers text NOT NULL,
      payload bytea NOT NULL,
      reason text NOT NULL,
      stored_at timestamptz NOT NULL,
      UNIQUE (stored_at, sequence)
    )`,
  ];
  return [
    { name: 'received-1', statements },
    { name: 'received-2', statements: [`ALTER TABLE ${table} ADD COLUMN tracestate text`] },
  ];
}
