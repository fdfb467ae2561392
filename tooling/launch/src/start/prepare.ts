import { join, relative } from 'node:path';
import { build } from '../build/build.ts';
import type { startCardNetwork } from '../card-network/sandbox.ts';
import type { Interruption } from '../command/interruption.ts';
import { verifyDatabase } from '../database/given-database.ts';
import { startOwnDatabase } from '../database/own-database.ts';
import { type Address, addressFrom, verifyFree } from '../shell/address.ts';
import type { Steps } from '../terminal/steps.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is needed before a program can serve. */
export interface Preparation {
  /** The workspace's root folder. */
  readonly root: string;
  readonly environment: Environment;
  /** The package to build with everything that it depends on; nothing is built when omitted. */
  readonly package?: string;
  /** Starts the card network that orders are paid through, unless the environment names one. */
  readonly cardNetwork?: StartCardNetwork;
}

type StartCardNetwork = typeof startCardNetwork;

export interface Prepared {
  readonly address: Address;
  readonly databaseUrl: string;
}

/**
 * Refuses what can be refused, starts the database unless one was given, and builds: the quick before the long. What it
 * started is put on the stack, also when it fails later.
 */
export async function prepare(
  preparation: Preparation,
  steps: Steps,
  started: AsyncDisposableStack,
  interruption: Interruption,
): Promise<Prepared> {
  const { root, environment } = preparation;
  const address = addressFrom(environment);
  await verifyFree(address);

  const given = environment.DATABASE_URL;
  if (given) await verifyDatabase(given);
  const databaseUrl = given || (await startDatabase(join(root, '.macrolith', 'postgres'), steps, started));
  interruption.requested.throwIfAborted();

  if (preparation.package !== undefined) {
    await build(steps, { root, of: preparation.package, interrupted: interruption.requested });
  }
  return { address, databaseUrl };
}

async function startDatabase(folder: string, steps: Steps, started: AsyncDisposableStack): Promise<string> {
  const server = await steps.run(
    'Starting PostgreSQL',
    () => startOwnDatabase(folder),
    () => `PostgreSQL runs; its data is in ${relative(process.cwd(), folder) || folder}`,
  );
  started.defer(() => server.stop());
  return server.url;
}
