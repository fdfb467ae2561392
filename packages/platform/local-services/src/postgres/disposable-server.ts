import { randomBytes } from 'node:crypto';
import { chown, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../network/free-port.ts';
import { own, sweepAbandoned } from '../process/abandoned-folders.ts';
import { makeDisposableFolder } from '../process/disposable-folder.ts';
import { serverAccount } from './account.ts';
import { createCluster, SUPERUSER } from './cluster.ts';
import { PostgresDidNotStart } from './did-not-start.ts';
import type { PostgresServer } from './postgres-server.ts';
import { type ServerProcess, type ServerSettings, startServer } from './server.ts';

/** As fast as PostgreSQL gets, and allowed to lose everything in a power cut. */
const FORGETFUL_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '300',
  max_locks_per_transaction: '256',
  shared_buffers: '256MB',
  max_wal_size: '1GB',
  // The system copies a new database's files by itself, instead of handing them to the server and taking them back.
  file_copy_method: 'clone',
};

const PORT_ATTEMPTS = 5;

/** What the folders of disposable servers begin with. */
const FOLDER_PREFIX = 'macrolith-postgres-';

/**
 * Starts a PostgreSQL for tests in a folder of its own, in memory where there is room. It is removed at stop and also
 * when the starter dies by SIGKILL.
 * @param settings in place of those that make it fast
 */
export async function startDisposableServer(settings: ServerSettings = {}): Promise<PostgresServer> {
  const account = serverAccount();
  await sweepAbandoned({
    prefix: FOLDER_PREFIX,
    uid: account?.uid ?? process.getuid?.(),
    pidFile: join('data', 'postmaster.pid'),
    signal: 'SIGQUIT',
  });
  const folder = await makeDisposableFolder(FOLDER_PREFIX);
  await own(folder);
  if (account !== undefined) await chown(folder, account.uid, account.gid);

  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const password = randomBytes(18).toString('base64url');
    const dataFolder = join(folder, 'data');
    await createCluster(dataFolder, { password, sync: false });
    const { server, port } = await startOnFreePort(folder, dataFolder, settings);
    return {
      url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
      port,
      pid: server.pid,
      async stop() {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Between finding a free port and listening on it another process may take it: then another one is tried. */
async function startOnFreePort(
  folder: string,
  dataFolder: string,
  settings: ServerSettings,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      const server = await startServer({
        dataFolder,
        port,
        logFile: join(folder, 'server.log'),
        settings: { ...FORGETFUL_SETTINGS, ...settings },
        folderToRemove: folder,
      });
      return { server, port };
    } catch (error) {
      const mayRetry = error instanceof PostgresDidNotStart && error.portTaken;
      if (attempt === PORT_ATTEMPTS || !mayRetry) throw error;
    }
  }
}
