import type { PlatformMigration } from '@macrolith/data';

/**
 * The tables of a module that has rules for tasks, in its own schema: as many slots for each limited task as may be at
 * work at once, and how far each schedule has come.
 */
export function taskMigrations(schema: string): readonly PlatformMigration[] {
  return [
    {
      name: 'tasks-1',
      statements: [
        `CREATE TABLE ${schema}.task_slot (
          task text NOT NULL,
          slot integer NOT NULL,
          holder uuid,
          leased_until timestamptz,
          PRIMARY KEY (task, slot),
          CHECK ((holder IS NULL) = (leased_until IS NULL))
        )`,
        `CREATE TABLE ${schema}.schedule (
          name text PRIMARY KEY,
          terms text NOT NULL,
          last_tick timestamptz NOT NULL
        )`,
      ],
    },
  ];
}
