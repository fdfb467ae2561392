import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import { type RunningProgram, startNats, startProgram } from '@macrolith/local-services';
import { CallServer, NatsModule } from '@macrolith/nats';
import { PrincipalTokensModule } from '@macrolith/process';
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';

const IMPORTS_CHANGED = new URL('../../macroservice/test/programs/imports-changed.js', import.meta.url);
const MACROSERVICE = fileURLToPath(new URL('../../macroservice/dist/main.js', import.meta.url));

/** Modules that these tests call where they run, by name: see jest.config.js. None, unless somebody asks for it. */
export const REMOTE: readonly string[] = (process.env.REMOTE_MODULES ?? '').split(',').filter((name) => name !== '');

/** Whether an order is one transaction across modules: not where one that takes part in it is elsewhere; news is a task. */
export const IN_ONE_TRANSACTION = REMOTE.every((module) => module === 'notifications');

/** For what only one transaction promises (docs/parity.md). Left out where there is none. */
export const testOfOneTransaction = IN_ONE_TRANSACTION ? test : test.skip;

/** For what is so where events stay in the database. Left out where they travel over NATS. */
export const testOfEventsInTheDatabase = REMOTE.length === 0 ? test : test.skip;

/** Processes that host what is not in the shell of a test, and a NATS between them and it. */
export interface Elsewhere {
  /** By which a shell finds them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same for the built shell, whose imports change. */
  readonly environmentOfProgram: Readonly<Record<string, string>>;
  /** The NATS that modules are told of which are composed without the shell's configuration. */
  readonly natsUrl: string | undefined;
  /** By which these call what is elsewhere. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Lets them call what the test's own application provides. */
  mayCall(app: INestApplicationContext): Promise<void>;
  /** Ends them without a chance to tidy up. */
  kill(): Promise<void>;
  /** Starts those again that were killed. */
  start(): Promise<void>;
  end(): Promise<void>;
}

const NOTHING: Elsewhere = {
  environment: {},
  environmentOfProgram: {},
  natsUrl: undefined,
  imports: [],
  mayCall: async () => {},
  kill: async () => {},
  start: async () => {},
  end: async () => {},
};

/**
 * Starts a process for each module that is elsewhere, over the database of the test.
 * @param settings what these modules read from the environment
 */
export async function startElsewhere(
  databaseUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Elsewhere> {
  if (REMOTE.length === 0) return NOTHING;
  if (!existsSync(MACROSERVICE)) throw new Error(`${MACROSERVICE} is missing: build it with 'pnpm build' first.`);
  const nats = await startNats();
  const startAll = () =>
    Promise.all(REMOTE.map((module) => host(module, { ...settings, DATABASE_URL: databaseUrl, NATS_URL: nats.url })));
  let programs = await startAll();
  return {
    environment: { NATS_URL: nats.url },
    environmentOfProgram: { NATS_URL: nats.url, NODE_OPTIONS: `--import=${IMPORTS_CHANGED.href}` },
    natsUrl: nats.url,
    imports: [
      NatsModule.forRoot({ servers: nats.url }),
      PrincipalTokensModule.forRoot({
        issuer: 'shell',
        config: { PRINCIPAL_KEY: undefined, PRINCIPAL_KEYS: undefined },
      }),
    ],
    mayCall: (app) => new Promise((resolve) => app.get(CallServer, { strict: false }).listen(() => resolve())),
    kill: async () => {
      await Promise.all(programs.map((program) => program.kill()));
    },
    start: async () => {
      programs = await startAll();
    },
    end: async () => {
      await Promise.all(programs.map((program) => program.stop()));
      await nats.stop();
    },
  };
}

async function host(module: string, environment: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const program = startProgram({
    file: MACROSERVICE,
    environment: { ...environment, MODULES: `@macrolith/${module}`, HEALTH_PORT: '0', LOG_LEVEL: 'silent' },
  });
  await program.ready;
  return program;
}
