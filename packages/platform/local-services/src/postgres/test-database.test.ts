import { afterEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LocalServiceError } from '../error.ts';
import { createTestDatabase, TEST_SERVER_VARIABLE, type TestDatabase } from './test-database.ts';

const serverUrl = process.env[TEST_SERVER_VARIABLE] as string;

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('A test database', () => {
  afterEach(() => {
    process.env[TEST_SERVER_VARIABLE] = serverUrl;
  });

  test('is empty, on PostgreSQL 18, and sorts by code point on every machine', async () => {
    const database = await createTestDatabase();

    const [row] = await query(
      database.url,
      `SELECT current_database() AS name, current_setting('server_version_num')::int / 10000 AS major,
              ARRAY(SELECT v FROM unnest(ARRAY['b', 'a', 'B', 'ä']) v ORDER BY v) AS sorted,
              lower('ÄÖ') AS lowered, (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
    );

    expect(row).toEqual({ name: database.name, major: 18, sorted: ['B', 'a', 'b', 'ä'], lowered: 'äö', tables: 0 });
    await database.drop();
  });

  test('is dropped with its open sessions and with the roles named after it, and with no others', async () => {
    const [dropped, kept] = (await Promise.all([createTestDatabase(), createTestDatabase()])) as [
      TestDatabase,
      TestDatabase,
    ];
    await query(
      dropped.url,
      `CREATE ROLE ${dropped.name}_catalog; CREATE SCHEMA catalog AUTHORIZATION ${dropped.name}_catalog`,
    );
    await query(kept.url, `CREATE ROLE ${kept.name}_catalog`);
    const session = new pg.Client({ connectionString: dropped.url });
    const sessionEnd = new Promise((resolve) => session.on('error', resolve));
    await session.connect();

    await dropped.drop();

    await sessionEnd;
    const left = await query(
      serverUrl,
      `SELECT datname AS name FROM pg_database WHERE datname IN ('${dropped.name}', '${kept.name}')
       UNION ALL SELECT rolname FROM pg_roles WHERE rolname IN ('${dropped.name}_catalog', '${kept.name}_catalog') ORDER BY 1`,
    );
    expect(left).toEqual([{ name: kept.name }, { name: `${kept.name}_catalog` }]);
    await kept.drop();
  });

  test('may be made and dropped by many at once', async () => {
    const databases = await Promise.all(Array.from({ length: 12 }, () => createTestDatabase()));

    expect(new Set(databases.map((database) => database.name)).size).toBe(12);
    await Promise.all(databases.map((database) => database.drop()));
  });

  test('may be dropped twice', async () => {
    const database = await createTestDatabase();

    await database.drop();
    await database.drop();
  });

  test('is refused without a server, with the line to add', async () => {
    delete process.env[TEST_SERVER_VARIABLE];

    const refusal = await createTestDatabase().catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(LocalServiceError);
    expect(refusal).toMatchObject({ code: 'no-test-server', message: expect.stringContaining('globalSetup') });
  });
});
