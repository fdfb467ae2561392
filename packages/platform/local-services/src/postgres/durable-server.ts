import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { LocalServiceError } from '../error.ts';
import { freePort, isPortFree } from '../network/free-port.ts';
import { createCluster, removeHalfMadeClusters, SUPERUSER } from './cluster.ts';
import { PostgresDidNotStart } from './did-not-start.ts';
import { type DurableSettings, durableSettings, saveSettings } from './durable-settings.ts';
import { postgresInstallation } from './installation.ts';
import type { PostgresServer } from './postgres-server.ts';
import { inUse, makeWay } from './running-server.ts';
import { type ServerProcess, startServer } from './server.ts';

const PORT_ATTEMPTS = 5;
const ENDING_SERVER_MS = 15_000;
const OWNER_MAY_ALL = 0o700;

/**
 * Starts the PostgreSQL that keeps its data in this folder, and makes it at the first start. Data survives anything
 * that PostgreSQL survives; port and password stay the same from start to start while the port is free. A server that
 * an earlier, killed starter left running is stopped in good order first.
 *
 * The folder holds `data`, `settings.json` and `server.log`.
 *
 * @throws LocalServiceError `unusable-data-folder`, `data-folder-in-use` or `postgres-did-not-start`; nothing in the
 * folder was changed then.
 */
export async function startDurableServer(givenFolder: string): Promise<PostgresServer> {
  const settings = await durableSettings(givenFolder);
  const folder = await realpath(givenFolder);
  const dataFolder = join(folder, 'data');
  await verifyPermissions(folder);
  await removeHalfMadeClusters(folder);
  if (await isMissing(dataFolder)) await createOrFind(dataFolder, settings);
  await verifyPermissions(dataFolder);
  await verifyVersion(dataFolder);
  await makeWay(folder, dataFolder);

  const { server, port } = await startOnRememberedPort(folder, dataFolder, settings);
  const url = `postgres://${SUPERUSER}:${settings.password}@127.0.0.1:${port}/postgres`;
  await verifyPassword(url, folder, server);
  return { url, port, pid: server.pid, stop: () => server.stop() };
}

async function createOrFind(dataFolder: string, { password }: DurableSettings): Promise<void> {
  try {
    await createCluster(dataFolder, { password, sync: true });
  } catch (error) {
    // Another first start was faster: both use what it made.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function startOnRememberedPort(
  folder: string,
  dataFolder: string,
  settings: DurableSettings,
): Promise<{ server: ServerProcess; port: number }> {
  let port = (await isPortFree(settings.port)) ? settings.port : await freePort();
  const giveUpAt = Date.now() + ENDING_SERVER_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      const server = await startServer({ dataFolder, port, logFile: join(folder, 'server.log'), settings: {} });
      if (port !== settings.port) await saveSettings(folder, { ...settings, port });
      return { server, port };
    } catch (error) {
      if (!(error instanceof PostgresDidNotStart)) throw error;
      if (error.folderTaken) {
        // Either another start was faster, or the processes of a killed server are not all gone yet.
        await makeWay(folder, dataFolder);
        if (Date.now() > giveUpAt) throw inUse(folder);
        await sleep(200);
        continue;
      }
      if (!error.portTaken) throw refused(folder, error);
      if (attempt >= PORT_ATTEMPTS) throw error;
      port = await freePort();
    }
  }
}

/**
 * Root may read everything, whatever the permissions say. What its owner closed is left closed for root as well, with
 * the same sentence as for everybody.
 */
async function verifyPermissions(path: string): Promise<void> {
  const status = await stat(path);
  if (!status.isDirectory()) throw unusable(`The data folder ${path} is not a folder. Nothing was changed.`);
  const mode = status.mode & 0o777;
  if ((mode & OWNER_MAY_ALL) === OWNER_MAY_ALL) return;
  throw unusable(
    `The data folder ${path} cannot be read: its permissions are ${mode.toString(8).padStart(3, '0')}. Nothing was changed; allow its owner to use it with: chmod u+rwx ${path}`,
  );
}

/** A data folder of another major version would be refused by the server, in words that name no remedy. */
async function verifyVersion(dataFolder: string): Promise<void> {
  const expected = postgresInstallation().version.split('.')[0] as string;
  const found = (await readVersion(dataFolder)).trim();
  if (found === expected) return;
  throw unusable(
    `The data folder ${dataFolder} was made by PostgreSQL ${found}, but PostgreSQL ${expected} is installed. Nothing was changed; dump it with the old version, or move it away to begin with an empty database.`,
  );
}

async function readVersion(dataFolder: string): Promise<string> {
  try {
    await access(dataFolder, constants.R_OK);
    return await readFile(join(dataFolder, 'PG_VERSION'), 'utf8');
  } catch (cause) {
    throw unusable(
      `The data folder ${dataFolder} cannot be read as a PostgreSQL data folder: ${(cause as Error).message}. Nothing was changed.`,
      cause,
    );
  }
}

async function verifyPassword(url: string, folder: string, server: ServerProcess): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    await server.stop();
    throw unusable(
      `The database in ${folder} does not take the password in its settings.json: ${(cause as Error).message}. Nothing was changed; restore that file, or move the folder away to begin with an empty database.`,
      cause,
    );
  }
}

function refused(folder: string, error: PostgresDidNotStart): LocalServiceError {
  if (error.reasons.length === 0) return error;
  return unusable(
    `PostgreSQL refuses the data folder ${folder}: ${error.reasons.join('; ')}. Nothing was changed.`,
    error,
  );
}

function unusable(message: string, cause?: unknown): LocalServiceError {
  return new LocalServiceError('unusable-data-folder', message, { cause });
}

async function isMissing(path: string): Promise<boolean> {
  return await stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
