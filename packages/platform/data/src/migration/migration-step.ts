import type { QueryRunner } from 'typeorm';
import { InvalidMigration } from '../errors/provisioning-errors.js';
import type { MigrationClass, MigrationPhase } from './migration.js';
import type { PlatformMigration } from './platform-migration.js';

/** One migration of one module, of whatever kind. */
export interface MigrationStep {
  readonly module: string;
  readonly name: string;
  /** Milliseconds since the epoch, from the class name; 0 for those of the platform. */
  readonly timestamp: number;
  readonly phase: MigrationPhase;
  readonly inTransaction: boolean;
  up(queryRunner: QueryRunner): Promise<void>;
}

const PHASES: readonly MigrationPhase[] = ['expand', 'backfill', 'contract'];
const TIMESTAMP = /\d{13}$/;

export function stepOfClass(module: string, Migration: MigrationClass): MigrationStep {
  const migration = new Migration();
  const name = migration.name ?? Migration.name;
  const timestamp = TIMESTAMP.exec(name)?.[0];
  if (timestamp === undefined) {
    throw new InvalidMigration(module, name, 'has no time in its name. End it with 13 digits of milliseconds.');
  }
  if (!PHASES.includes(migration.phase)) {
    throw new InvalidMigration(module, name, `declares no phase. Write phase = 'expand', 'backfill' or 'contract'.`);
  }
  return {
    module,
    name,
    timestamp: Number(timestamp),
    phase: migration.phase,
    inTransaction: migration.transaction ?? true,
    up: (queryRunner) => migration.up(queryRunner),
  };
}

export function stepOfPlatform(module: string, { name, statements }: PlatformMigration): MigrationStep {
  return {
    module,
    name,
    timestamp: 0,
    phase: 'expand',
    inTransaction: true,
    up: async (queryRunner) => {
      for (const statement of statements) await queryRunner.query(statement);
    },
  };
}
