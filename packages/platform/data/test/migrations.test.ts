import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import {
  Database,
  InvalidMigration,
  MigrationFailed,
  MigrationLockTimeout,
  type ModuleMigration,
} from '../src/index.js';
import type { MigrationStep } from '../src/migration/migration-step.js';
import { stepOfClass, stepOfPlatform } from '../src/migration/migration-step.js';
import { inOrder } from '../src/migration/pending-migrations.js';
import { whilePreparing } from '../src/migration/preparation-lock.js';

describe('Migrations', () => {
  let server: TestDatabase;
  let outside: pg.Client;
  beforeEach(async () => {
    server = await createTestDatabase();
    outside = new pg.Client({ connectionString: server.url });
    await outside.connect();
  });
  afterEach(async () => {
    await outside.end();
    await server.drop();
  });

  const step = (module: string, name: string, ...statements: string[]): MigrationStep => ({
    ...stepOfPlatform(module, { name, statements }),
    timestamp: 1,
  });
  const open = async (...steps: MigrationStep[]) => {
    const modules = [...new Set(steps.map(({ module }) => module))].map((module) => ({
      module,
      schema: module,
      steps: steps.filter((each) => each.module === module),
    }));
    await (await Database.open({ url: server.url, poolSize: 1 }, modules)).close();
  };
  const ran = async (schema: string) =>
    (await outside.query(`SELECT name, phase FROM ${schema}.migrations ORDER BY id`)).rows;
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  test('run as the owner of the module’s schema', async () => {
    await open(step('parts', 'first', 'CREATE TABLE parts.part (id integer)'));
    const { rows } = await outside.query("SELECT tableowner FROM pg_tables WHERE schemaname = 'parts'");
    expect(new Set(rows.map(({ tableowner }) => tableowner))).toEqual(new Set([`${server.name}_parts_owner`]));
  });

  test('may not touch another module’s schema', async () => {
    const stray = open(
      step('parts', 'first', 'CREATE TABLE parts.part (id integer)'),
      step('bikes', 'stray', 'DROP TABLE parts.part'),
    );
    await expect(stray).rejects.toMatchObject({
      module: 'bikes',
      migration: 'stray',
      cause: { driverError: { code: '42501' } },
    });
  });

  test('run module by module in the order in which the modules depend on each other', async () => {
    await open(
      step(
        'parts',
        'first',
        'CREATE TABLE parts.log (at timestamptz DEFAULT clock_timestamp())',
        'INSERT INTO parts.log DEFAULT VALUES',
      ),
      step(
        'bikes',
        'first',
        'CREATE TABLE bikes.log (at timestamptz DEFAULT clock_timestamp())',
        'INSERT INTO bikes.log DEFAULT VALUES',
      ),
    );
    const { rows } = await outside.query('SELECT (SELECT at FROM parts.log) < (SELECT at FROM bikes.log) AS ordered');
    expect(rows).toEqual([{ ordered: true }]);
  });

  test('keep those before a failed one, undo the failed one as a whole, and go on from there', async () => {
    const first = step('parts', 'first', 'CREATE TABLE parts.part (id integer)');
    const error = await caught(
      open(first, step('parts', 'second', 'CREATE TABLE parts.half (id integer)', 'SELECT nonsense')),
    );
    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({ module: 'parts', migration: 'second' });
    expect((error as Error).message).toContain('nonsense');
    expect(await ran('parts')).toEqual([{ name: 'first', phase: 'expand' }]);
    const { rows } = await outside.query("SELECT to_regclass('parts.half') AS half");
    expect(rows).toEqual([{ half: null }]);

    await open(first, step('parts', 'second', 'CREATE TABLE parts.half (id integer)'));
    expect(await ran('parts')).toHaveLength(2);
  });

  test('without a transaction build indexes while others write', async () => {
    const concurrently = {
      ...step('parts', 'index', 'CREATE INDEX CONCURRENTLY part_id ON parts.part (id)'),
      inTransaction: false,
    };
    await open(step('parts', 'first', 'CREATE TABLE parts.part (id integer)'), concurrently);
    const { rows } = await outside.query("SELECT indexname FROM pg_indexes WHERE indexname = 'part_id'");
    expect(rows).toHaveLength(1);
  });

  test('do not wait for a lock for longer than the limit, and say what to do', async () => {
    const create = step('parts', 'first', 'CREATE TABLE parts.part (id integer)');
    await open(create);
    await outside.query('BEGIN; LOCK TABLE parts.part');
    const error = await caught(open(create, step('parts', 'second', 'ALTER TABLE parts.part ADD COLUMN name text')));
    await outside.query('ROLLBACK');
    expect(error).toBeInstanceOf(MigrationFailed);
    expect((error as Error).message).toContain('locked by others');
  });

  test('wait only so long for another process that prepares the database', async () => {
    const other = new pg.Client({ connectionString: server.url });
    await other.connect();
    await whilePreparing(other, async () => {
      const waiting = whilePreparing(outside, async () => {}, 150);
      await expect(waiting).rejects.toBeInstanceOf(MigrationLockTimeout);
    });
    await expect(whilePreparing(outside, async () => {}, 150)).resolves.toBeUndefined();
    await other.end();
  });

  describe('as classes', () => {
    const classOf = (name: string, phase?: string) =>
      ({
        [name]: class {
          phase = phase;
          async up(queryRunner: QueryRunner) {
            await queryRunner.query('SELECT 1');
          }
          async down() {}
        },
      })[name] as unknown as new () => ModuleMigration;

    test('run by the time in their names, the platform’s first', () => {
      const steps = [
        stepOfClass('parts', classOf('Second1763600000002', 'contract')),
        stepOfClass('parts', classOf('First1763600000001', 'expand')),
        stepOfPlatform('parts', { name: 'outbox-1', statements: [] }),
      ];
      expect(inOrder('parts', steps).map(({ name }) => name)).toEqual([
        'outbox-1',
        'First1763600000001',
        'Second1763600000002',
      ]);
    });

    test('are refused without a time, without a phase, and with a name that is taken', () => {
      expect(() => stepOfClass('parts', classOf('AddPart', 'expand'))).toThrow(InvalidMigration);
      expect(() => stepOfClass('parts', classOf('AddPart1763600000001'))).toThrow("phase = 'expand'");
      const step = stepOfClass('parts', classOf('AddPart1763600000001', 'expand'));
      expect(() => inOrder('parts', [step, step])).toThrow('name of another');
    });
  });
});
