import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { LocalServiceError } from '../error.ts';

/** The variable that holds the superuser's URL of the server which tests share. */
export const TEST_SERVER_VARIABLE = 'MACROLITH_TEST_POSTGRES';

/** How long sessions have to go before they are ended. */
const GOODBYE_MS = 1_000;
const LOOK_EVERY_MS = 10;

/** A database of one test's own on the shared server. */
export interface TestDatabase {
  readonly name: string;
  /** Connection URL of the superuser, to this database. */
  readonly url: string;
  /**
   * Drops it together with the roles whose names begin with `<name>_`. Sessions that are being closed have a moment to
   * go; those that stay are ended.
   */
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
  // Where nothing is written through to the disk, copying files takes a sixth of the time of copying blocks through the log.
  await asSuperuser(serverUrl, (client) => client.query(`CREATE DATABASE ${name} STRATEGY FILE_COPY`));

  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => asSuperuser(serverUrl, (client) => dropDatabase(client, name)) };
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await sessionsGone(client, name);
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const roles = await client.query<{ role: string }>(
    'SELECT quote_ident(rolname) AS role FROM pg_roles WHERE starts_with(rolname, $1)',
    [`${name}_`],
  );
  if (roles.rows.length === 0) return;
  await client.query(`DROP ROLE ${roles.rows.map((row) => row.role).join(', ')}`);
}

/**
 * A pool of pg says that it has ended when it has said goodbye, and its sessions end a little later. One that the server
 * ends before that is an error which nobody listens to any more.
 */
async function sessionsGone(client: pg.Client, name: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < GOODBYE_MS; waitedMs += LOOK_EVERY_MS) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1 LIMIT 1', [name]);
    if (rowCount === 0) return;
    await pause(LOOK_EVERY_MS);
  }
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
