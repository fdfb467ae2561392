import type { MigrationInterface } from 'typeorm';

/**
 * When a migration may run while processes of the version before are still serving.
 * - `expand`: adds what the older version does not notice.
 * - `backfill`: fills what was added.
 * - `contract`: takes away what only the older version used.
 */
export type MigrationPhase = 'expand' | 'backfill' | 'contract';

/**
 * A migration of a module: TypeORM's, with its phase. It runs as the owner of the module's schema, in a transaction
 * of its own; with `transaction = false` in none, which CREATE INDEX CONCURRENTLY needs, and then it must be written
 * so that it can be run again after it failed half-way. The class name ends with the time in milliseconds, as
 * TypeORM has it: `AddProducts1763600000000`. Name the schema in every statement.
 */
export interface ModuleMigration extends MigrationInterface {
  readonly phase: MigrationPhase;
}

export type MigrationClass = new () => ModuleMigration;
