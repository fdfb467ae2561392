import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { ended, startProgram } from './processes/run-program.js';

describe('Processes that start on one database', () => {
  let database: TestDatabase;
  let outside: pg.Client;
  beforeEach(async () => {
    database = await createTestDatabase();
    outside = new pg.Client({ connectionString: database.url });
    await outside.connect();
  });
  afterEach(async () => {
    await outside.end();
    await database.drop();
  });

  const migrations = async (schema: string) =>
    (await outside.query(`SELECT name FROM ${schema}.migrations ORDER BY id`)).rows.map(({ name }) => name);
  const exists = async (table: string) =>
    (await outside.query('SELECT to_regclass($1) IS NOT NULL AS found', [table])).rows[0].found as boolean;

  test('five at once, on an empty one: each migration runs once and all five serve', async () => {
    const processes = Array.from({ length: 5 }, () => ended(startProgram('prepare-shop.ts', database.url, '0.3')));
    for (const { code, output, errors } of await Promise.all(processes)) {
      expect(errors).toBe('');
      expect(code).toBe(0);
      expect(JSON.parse(output.trim().split('\n').at(-1)!)).toEqual({ products: 2 });
    }
    expect(await migrations('stock')).toEqual(['CreateStock1763600000000', 'Slowly1763600000009']);
    expect(await migrations('orders')).toEqual(['CreateOrders1763600000000', 'Slowly1763600000009']);
  });

  test('one that is killed in a migration leaves nothing of it, and the next one runs it', async () => {
    const killed = startProgram('prepare-shop.ts', database.url, '60');
    const end = ended(killed);
    while (killed.exitCode === null && !(await isSleeping())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(killed.exitCode).toBeNull();
    killed.kill('SIGKILL');
    await end;
    await outside.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
    );
    expect(await exists('stock.before')).toBe(false);

    const { code, errors } = await ended(startProgram('prepare-shop.ts', database.url));
    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(await migrations('stock')).toEqual(['CreateStock1763600000000', 'Slowly1763600000009']);
    expect(await exists('stock.after')).toBe(true);
  });

  async function isSleeping(): Promise<boolean> {
    const { rows } = await outside.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
    );
    return rows.length > 0;
  }
});
