import { type Program, type RunningProgram, startProgram } from '../process/program.ts';
import type { Moment } from './conversation.ts';
import type { CrashPoint } from './crash-point.ts';
import { PostgresProxy } from './postgres-proxy.ts';

export interface CrashOptions {
  /** The database that the program works on. It gets a way there that is watched, in `DATABASE_URL`. */
  readonly databaseUrl: string;
  /** Where it dies. */
  readonly at: CrashPoint;
  /** At which passing of the point. Default: the first. */
  readonly nth?: number;
}

/** How a program died. */
export interface Crash {
  readonly point: string;
  /** What it was about to say, or to hear the answer of. */
  readonly moment: Moment;
}

/** A program that dies as soon as it comes to its point. */
export interface Doomed {
  readonly program: RunningProgram;
  /** Resolves when it has died at its point; never when it ends otherwise. */
  readonly crashed: Promise<Crash>;
  /** Ends it by SIGKILL wherever it is. Resolves when it and all connections are gone. */
  kill(): Promise<void>;
}

/** A program was to die at a point of its work, and did not come there. */
export class DidNotCrash extends Error {
  override readonly name = 'DidNotCrash';
  readonly point: string;

  constructor(point: string, nth: number, what: string) {
    super(`The program was to die ${point}, the ${nth}. time, and ${what}.`);
    this.point = point;
  }
}

/** How long a program may take to come to its point. */
const PATIENCE_MS = 120_000;

/** Starts a program that dies by SIGKILL when it comes to a point of its conversation with its database. */
export async function startDoomed(program: Program, { databaseUrl, at, nth = 1 }: CrashOptions): Promise<Doomed> {
  const { promise: reached, resolve } = Promise.withResolvers<Moment>();
  let passed = 0;
  const proxy = await PostgresProxy.start(databaseUrl, (moment) => {
    if (!at.isAt(moment)) return false;
    passed += 1;
    if (passed < nth) return false;
    resolve(moment);
    return true;
  });
  const running = startProgram({ ...program, environment: { ...program.environment, DATABASE_URL: proxy.url } });
  const kill = async () => {
    await running.kill();
    await proxy.stop();
  };
  const crashed = reached.then(async (moment) => {
    await kill();
    return { point: at.name, moment };
  });
  return { program: running, crashed, kill };
}

/**
 * Runs a program until it has died at a point of its work.
 *
 * @param atWork called when the program is ready, to give it something to do
 * @throws DidNotCrash when it ended by itself, or did not come to the point within two minutes
 */
export async function crash(
  program: Program,
  options: CrashOptions,
  atWork: (program: RunningProgram) => void = () => {},
): Promise<Crash> {
  const doomed = await startDoomed(program, options);
  const missed = (what: string) => new DidNotCrash(options.at.name, options.nth ?? 1, what);
  let patience: NodeJS.Timeout | undefined;
  const impatient = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(missed(`did not come there within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  let hasCrashed = false;
  const crashed = doomed.crashed.finally(() => {
    hasCrashed = true;
  });
  // It may die before it is ready, and is not ready then.
  doomed.program.ready.then(
    () => hasCrashed || atWork(doomed.program),
    () => {},
  );
  const ended = doomed.program.ended.then(async ({ exitCode, signal }) => {
    if (signal === 'SIGKILL') return crashed;
    throw missed(`ended with ${signal ?? `code ${exitCode}`} before`);
  });
  try {
    return await Promise.race([crashed, ended, impatient]);
  } catch (error) {
    await doomed.kill();
    throw error;
  } finally {
    clearTimeout(patience);
  }
}
