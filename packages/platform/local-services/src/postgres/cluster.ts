import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LocalServiceError } from '../error.ts';
import { type ServerAccount, serverAccount } from './account.ts';
import { postgresProgram } from './program.ts';

/** The superuser of every cluster that is made here. */
export const SUPERUSER = 'postgres';

const WORKSHOP_PREFIX = 'new-cluster-';
const ABANDONED_AFTER_MS = 10 * 60_000;

/**
 * Makes a new PostgreSQL data folder. It is made under another name beside the final one and renamed when it is
 * complete: a crash in the middle leaves no half-made data folder behind that a later start would trust.
 */
export async function createCluster(dataFolder: string, options: { password: string; sync: boolean }): Promise<void> {
  const account = serverAccount();
  const workshop = await mkdtemp(join(dirname(dataFolder), WORKSHOP_PREFIX));
  try {
    await giveTo(account, workshop);
    const passwordFile = join(workshop, 'password');
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    await giveTo(account, passwordFile);

    const newCluster = join(workshop, 'data');
    await mkdir(newCluster, { mode: 0o700 });
    await giveTo(account, newCluster);
    await runInitdb(newCluster, passwordFile, options.sync);
    await rename(newCluster, dataFolder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Removes half-made data folders that a killed process left beside the final one. */
export async function removeHalfMadeClusters(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(WORKSHOP_PREFIX));
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

async function runInitdb(dataFolder: string, passwordFile: string, sync: boolean): Promise<void> {
  const options = [
    `--pgdata=${dataFolder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Built into the server: sorts alike on every machine, and an upgrade of the operating system's locales
    // corrupts no index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(sync ? [] : ['--no-sync']),
  ];
  const { command, leadingArguments, spawnOptions } = postgresProgram('initdb', dataFolder);
  const initdb = spawn(command, [...leadingArguments, ...options], {
    ...spawnOptions,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  initdb.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const [exitCode] = (await once(initdb, 'close')) as [number | null];
  if (exitCode === 0) return;
  throw new LocalServiceError(
    'unusable-data-folder',
    `PostgreSQL could not make a data folder at ${dataFolder}: ${lastLine(complaint)}`,
  );
}

async function giveTo(account: ServerAccount | undefined, path: string): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (lines.find((line) => line.includes('error:')) ?? lines.at(-1) ?? 'it gave no reason').replace(
    /^initdb: error: /,
    '',
  );
}
