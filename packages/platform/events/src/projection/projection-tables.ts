import type { PlatformMigration } from '@macrolith/data';

/** The generations of a module's projections, in its own schema. At most one of each answers, and at most one is being built. */
export function projectionMigrations(schema: string): readonly PlatformMigration[] {
  return [
    {
      name: 'projection-1',
      statements: [
        `CREATE TABLE ${schema}.projection (
          name text NOT NULL,
          generation integer NOT NULL CHECK (generation > 0),
          state text NOT NULL CHECK (state IN ('building', 'live', 'retired')),
          started_at timestamptz NOT NULL DEFAULT now(),
          live_at timestamptz,
          retired_at timestamptz,
          total bigint NOT NULL,
          log_from timestamptz,
          PRIMARY KEY (name, generation)
        )`,
        `CREATE UNIQUE INDEX projection_live ON ${schema}.projection (name) WHERE state = 'live'`,
        `CREATE UNIQUE INDEX projection_building ON ${schema}.projection (name) WHERE state = 'building'`,
      ],
    },
  ];
}
