import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { MigrationFailed } from '../errors/provisioning-errors.js';
import type { DatabaseUrl } from '../provision/database-url.js';
import type { MigrationStep } from './migration-step.js';
import { MIGRATIONS_TABLE } from './migrations-table.js';
import type { ModulePlan } from './pending-migrations.js';

/** How long a statement of a migration may wait for a lock: meanwhile everything else on that table waits behind it. */
export const MIGRATION_LOCK_TIMEOUT_MS = 5_000;

/** Runs the plans in their order, each as the owner of its schema, and calls `ran` after each migration. */
export async function runMigrations(
  plans: readonly ModulePlan[],
  url: DatabaseUrl,
  ran: (step: MigrationStep) => void,
): Promise<void> {
  for (const plan of plans) {
    const dataSource = ownerDataSource(plan, url);
    await dataSource.initialize();
    try {
      for (const step of plan.steps) {
        await runStep(dataSource, plan.schema, step);
        ran(step);
      }
    } finally {
      await dataSource.destroy();
    }
  }
}

/** A direct connection: no pool of the platform's in between, because its statements change its session. */
function ownerDataSource({ schema, owner }: ModulePlan, url: DatabaseUrl): DataSource {
  const settings = [
    ['role', owner],
    ['search_path', schema],
    ['lock_timeout', String(MIGRATION_LOCK_TIMEOUT_MS)],
    ['statement_timeout', '0'],
  ];
  const options = settings.map(([setting, value]) => `-c ${setting}=${escapedOption(value!)}`).join(' ');
  const { host, port, database, ssl } = url.connection(url.location.user, url.password);
  return new DataSource({
    type: 'postgres',
    driver: pg,
    schema,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize: 1,
    extra: { host, port, database, ssl, user: url.location.user, password: url.password, options },
  });
}

/** A blank would begin the next option. */
function escapedOption(value: string): string {
  return value.replace(/[\\ ]/g, '\\$&');
}

async function runStep(dataSource: DataSource, schema: string, step: MigrationStep): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    if (step.inTransaction) await queryRunner.startTransaction();
    await step.up(queryRunner);
    await note(queryRunner, schema, step);
    if (step.inTransaction) await queryRunner.commitTransaction();
  } catch (error) {
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => {});
    throw new MigrationFailed(step.module, step.name, error as Error);
  } finally {
    await queryRunner.release();
  }
}

function note(queryRunner: QueryRunner, schema: string, { timestamp, name, phase }: MigrationStep): Promise<unknown> {
  return queryRunner.query(
    `INSERT INTO ${pg.escapeIdentifier(schema)}.${MIGRATIONS_TABLE} (timestamp, name, phase) VALUES ($1, $2, $3)`,
    [timestamp, name, phase],
  );
}
