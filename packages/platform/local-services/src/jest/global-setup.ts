/** Jest's `globalSetup` for packages whose tests need PostgreSQL: one server for the whole run. */
import { startPostgres } from '../postgres/start-postgres.ts';
import { TEST_SERVER_VARIABLE } from '../postgres/test-database.ts';

/**
 * Starts a server, unless the environment names one that several packages' runs share. It needs no teardown: its
 * watchdog stops it and removes its folder as soon as the Jest process ends, however that ends.
 */
export default async function setUp(): Promise<void> {
  if (process.env[TEST_SERVER_VARIABLE]) return;
  const server = await startPostgres();
  process.env[TEST_SERVER_VARIABLE] = server.url;
}
