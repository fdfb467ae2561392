import pg from 'pg';
import { connectionError } from '../errors/connection-errors.js';
import { DatabaseNotPrepared, InsufficientDatabaseRights, UnsupportedPostgres } from '../errors/provisioning-errors.js';
import { refuseClosed } from '../handover/handover-table.js';
import { type ModulePlan, pendingPlans, readExecuted } from '../migration/pending-migrations.js';
import { whilePreparing } from '../migration/preparation-lock.js';
import { runMigrations } from '../migration/run-migrations.js';
import { type DatabaseState, readDatabaseState } from './database-state.js';
import type { DatabaseUrl } from './database-url.js';
import { provision } from './provision.js';
import { planPassword, planProvisioning, type Wanted } from './provisioning-plan.js';

/** The first version with `GRANT … WITH INHERIT FALSE, SET TRUE`. */
const OLDEST_POSTGRES = 16;
/** How long a server may take to let the preparing process in. */
const CONNECT_TIMEOUT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';

export interface Preparation {
  readonly url: DatabaseUrl;
  readonly wanted: Wanted;
  readonly plans: readonly ModulePlan[];
  /** Whether to make what is missing, or to refuse. */
  readonly make: boolean;
  /** Hears of each migration that ran. */
  readonly ran?: (migration: string) => void;
}

/**
 * Brings the database to what the installed modules need, and answers the server's version. Two round trips find
 * out whether anything is missing; only then is the lock taken that all processes share.
 */
export async function prepareDatabase(preparation: Preparation): Promise<string> {
  return asDeployer(preparation.url, async (client) => {
    const { wanted, plans, make } = preparation;
    const state = await readDatabaseState(client, wanted.login, wanted.modules);
    if (state.versionNumber < OLDEST_POSTGRES * 10_000) throw new UnsupportedPostgres(state.version, OLDEST_POSTGRES);
    const moving = wanted.modules.filter((_, index) => state.modules[index]!.hasHandover);
    await refuseClosed(client, wanted.database, moving);
    const isProvisioned = planProvisioning(state, wanted).length === 0;
    const pending = await findPending(client, state, plans);
    if (isProvisioned && pending.length === 0) return state.version;
    if (!make) throw new DatabaseNotPrepared(wanted.database, pending.flatMap(namesOf));
    await whilePreparing(client, () => makeWhatIsMissing(client, preparation));
    return state.version;
  });
}

/** Sets the login role's password to the one that this process derives. */
export async function resetLoginPassword({ url, wanted }: Preparation): Promise<void> {
  await asDeployer(url, (client) =>
    whilePreparing(client, async () => void (await client.query(planPassword(wanted)))),
  );
}

async function makeWhatIsMissing(client: pg.Client, { url, wanted, plans, ran }: Preparation): Promise<void> {
  await provision(client, wanted);
  const state = await readDatabaseState(client, wanted.login, wanted.modules);
  // Another process may have done it all while this one waited for the lock.
  const pending = await findPending(client, state, plans);
  await runMigrations(pending, url, ({ module, name }) => ran?.(`${module}: ${name}`));
}

async function findPending(
  client: pg.Client,
  state: DatabaseState,
  plans: readonly ModulePlan[],
): Promise<readonly ModulePlan[]> {
  const readable = state.modules.filter(({ hasMigrationsTable, mayActAsOwner }) => hasMigrationsTable && mayActAsOwner);
  const started = new Set(readable.map(({ module }) => module));
  const schemas = plans.filter(({ module }) => started.has(module)).map(({ schema }) => schema);
  return pendingPlans(plans, await readExecuted(client, schemas));
}

function namesOf({ module, steps }: ModulePlan): string[] {
  return steps.map(({ name }) => `${module}/${name}`);
}

async function asDeployer<T>(url: DatabaseUrl, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } catch (error) {
    const { code } = error as Error & { code?: string };
    if (code === INSUFFICIENT_PRIVILEGE) throw new InsufficientDatabaseRights(url.location, error as Error);
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function connect({ connection, location, password }: DatabaseUrl): Promise<pg.Client> {
  const client = new pg.Client({
    ...connection(location.user, password),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'macrolith preparation',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw connectionError(location, error);
  }
}
