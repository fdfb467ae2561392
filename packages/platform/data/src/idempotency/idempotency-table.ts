import type { PlatformMigration } from '../migration/platform-migration.js';

/** Outcomes of keyed commands, in the schema of the module that provides them. */
export function idempotencyMigrations(schema: string): readonly PlatformMigration[] {
  return [
    {
      name: 'idempotency-1',
      statements: [
        `CREATE TABLE ${schema}.idempotency (
          operation text NOT NULL,
          caller text NOT NULL,
          key text NOT NULL,
          input_digest bytea NOT NULL,
          outcome jsonb,
          created_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (operation, caller, key)
        )`,
        `CREATE INDEX idempotency_created_at ON ${schema}.idempotency (created_at)`,
      ],
    },
    {
      // Who calls a command that no transaction can hold, and until when nobody else may.
      name: 'idempotency-2',
      statements: [`ALTER TABLE ${schema}.idempotency ADD COLUMN claim uuid, ADD COLUMN claimed_until timestamptz`],
    },
  ];
}
