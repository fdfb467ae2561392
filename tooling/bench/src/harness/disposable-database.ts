import { createTestDatabase, startPostgres, TEST_SERVER_VARIABLE } from '@macrolith/local-services';

/**
 * Hands `work` the superuser's URL of an empty database, which is gone afterwards. It lies on the server that the
 * environment names, or else on one of its own.
 */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  if (process.env[TEST_SERVER_VARIABLE]) return inNewDatabase(work);
  const server = await startPostgres();
  process.env[TEST_SERVER_VARIABLE] = server.url;
  try {
    return await inNewDatabase(work);
  } finally {
    delete process.env[TEST_SERVER_VARIABLE];
    await server.stop();
  }
}

async function inNewDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  try {
    return await work(database.url);
  } finally {
    await database.drop();
  }
}
