import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { build } from '../build/build.ts';
import { Interrupted, type Interruption } from '../command/interruption.ts';
import { FailureShown } from '../command/refusal.ts';
import { verifyDatabase } from '../database/given-database.ts';
import { describeFolder, startOwnDatabase } from '../database/own-database.ts';
import { EndedBeforeReady, type Program, type RunningProgram, startProgram } from '../process/program.ts';
import { addressFrom, clickable, verifyFree } from '../shell/address.ts';
import { Steps } from '../terminal/steps.ts';

/** What to start, and where. */
export interface Start {
  /** The workspace's root folder. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The package to build with everything it depends on; nothing is built when omitted. */
  readonly package?: string;
  /** The program that serves, with the environment that it gets. */
  readonly program: (environment: Readonly<Record<string, string | undefined>>) => Program;
}

const HEALTH_TIMEOUT_MS = 30_000;

/**
 * Serves until somebody interrupts. In this order: what could be refused is refused; the database is started, unless one
 * was given; packages are built; the program is started and asked for its health. It ends in the opposite order,
 * so that the program drains while its database still serves.
 * @returns the exit code
 */
export async function start(
  { root, environment, program, ...options }: Start,
  interruption: Interruption,
): Promise<number> {
  const address = addressFrom(environment);
  const givenDatabase = environment.DATABASE_URL;
  await verifyFree(address);
  if (givenDatabase) await verifyDatabase(givenDatabase);

  const steps = new Steps();
  await using started = new AsyncDisposableStack();
  const databaseUrl = givenDatabase || (await startDatabase(steps, root, started, interruption));
  if (options.package !== undefined) {
    await build(steps, { root, of: options.package, interrupted: interruption.requested });
  }

  const running = startProgram(
    program({ ...environment, HOST: address.host, PORT: `${address.port}`, DATABASE_URL: databaseUrl }),
  );
  started.defer(() => running.stop(interruption.forced));
  const url = await steps.run(
    'Starting the shell',
    () => untilHealthy(running, interruption),
    () => 'The shell serves',
  );

  process.stdout.write(
    `\n${styleText('bold', 'Macrolith is ready.')} Ctrl-C stops it.\nOpen ${styleText('cyan', clickable(url))} in your browser.\n`,
  );
  return await untilOver(running, interruption);
}

async function startDatabase(
  steps: Steps,
  root: string,
  started: AsyncDisposableStack,
  interruption: Interruption,
): Promise<string> {
  const folder = join(root, '.macrolith', 'postgres');
  const server = await steps.run(
    'Starting PostgreSQL',
    () => startOwnDatabase(folder),
    () => `PostgreSQL runs; its data is in ${describeFolder(folder)}`,
  );
  started.defer(() => server.stop());
  interruption.requested.throwIfAborted();
  return server.url;
}

/** Resolves to the program's URL once its readiness check says yes. */
async function untilHealthy(running: RunningProgram, interruption: Interruption): Promise<string> {
  const url = await unlessInterrupted(running.ready, interruption).catch((error: unknown) => {
    // The program has said on stderr why it ended.
    throw error instanceof EndedBeforeReady ? new FailureShown() : error;
  });
  const giveUpAt = Date.now() + HEALTH_TIMEOUT_MS;
  while (!(await isHealthy(url))) {
    interruption.requested.throwIfAborted();
    if (Date.now() > giveUpAt)
      throw new Error(`${url}/health/ready did not answer with success within ${HEALTH_TIMEOUT_MS / 1000} s.`);
    await sleep(50);
  }
  return url;
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${clickable(url)}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

async function untilOver(running: RunningProgram, interruption: Interruption): Promise<number> {
  try {
    const { exitCode, signal } = await unlessInterrupted(running.ended, interruption);
    process.stderr.write(`The shell ended by itself, with ${signal ?? `code ${exitCode}`}.\n`);
    return exitCode || 1;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stdout.write('\nFinishing what is under way, then stopping. Ctrl-C again stops at once.\n');
    return 0;
  }
}

async function unlessInterrupted<T>(work: Promise<T>, { requested }: Interruption): Promise<T> {
  requested.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(requested.reason);
    requested.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => requested.removeEventListener('abort', onAbort));
  });
}
