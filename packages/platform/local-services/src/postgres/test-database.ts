import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { LocalServiceError } from '../error.ts';

/** The variable that holds the superuser's URL of the server which tests share. */
export const TEST_SERVER_VARIABLE = 'MACROLITH_TEST_POSTGRES';

/** A database of one test's own on the shared server. */
export interface TestDatabase {
  readonly name: string;
  /** Connection URL of the superuser, to this database. */
  readonly url: string;
  /** Ends all its sessions, and drops it together with the roles whose names begin with `<name>_`. */
  drop(): Promise<void>;
}

/**
 * Makes an empty database with a name that no other has, on the server that the Jest global setup started. Any number
 * of test workers may do so at once.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env[TEST_SERVER_VARIABLE];
  if (serverUrl === undefined || serverUrl === '') {
    throw new LocalServiceError(
      'no-test-server',
      `${TEST_SERVER_VARIABLE} is not set: add globalSetup: '@macrolith/local-services/jest' to jest.config.js.`,
    );
  }
  // Short, because role names of up to 63 bytes are made from it; of fixed length, so that none begins another.
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asSuperuser(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));

  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => asSuperuser(serverUrl, (client) => dropDatabase(client, name)) };
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const roles = await client.query<{ role: string }>(
    'SELECT quote_ident(rolname) AS role FROM pg_roles WHERE starts_with(rolname, $1)',
    [`${name}_`],
  );
  if (roles.rows.length === 0) return;
  await client.query(`DROP ROLE ${roles.rows.map((row) => row.role).join(', ')}`);
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
