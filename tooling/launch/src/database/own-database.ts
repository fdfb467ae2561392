import { type PostgresServer, startPostgres } from '@macrolith/local-services';
import pg from 'pg';

/** The database that the shell uses on the server of its own. */
const DATABASE = 'macrolith';

/** Starts the checkout's own PostgreSQL with its database, which is made at the first start. */
export async function startOwnDatabase(folder: string): Promise<PostgresServer> {
  const server = await startPostgres({ durable: true, folder });
  try {
    await createUnlessThere(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = new URL(server.url);
  url.pathname = `/${DATABASE}`;
  return { url: url.href, port: server.port, pid: server.pid, stop: () => server.stop() };
}

async function createUnlessThere(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
