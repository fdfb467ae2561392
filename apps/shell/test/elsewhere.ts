import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import { type RunningProgram, startNats, startProgram } from '@macrolith/local-services';
import { CallServer, NatsModule } from '@macrolith/nats';
import { PrincipalTokensModule } from '@macrolith/process';
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';

const MACROSERVICE = fileURLToPath(new URL('../../macroservice/dist/main.js', import.meta.url));

/** Modules that these tests call where they run, by name: see jest.config.js. None, unless somebody asks for it. */
export const REMOTE: readonly string[] = (process.env.REMOTE_MODULES ?? '').split(',').filter((name) => name !== '');

/** For what only one transaction promises (docs/parity.md). Left out where a module is elsewhere that takes part in it; news is a task. */
export const testOfOneTransaction = REMOTE.every((module) => module === 'notifications') ? test : test.skip;

/** For what is so where events stay in the database. Left out where they travel, since somebody elsewhere hears them. */
export const testOfEventsInTheDatabase = REMOTE.length === 0 ? test : test.skip;

/** Processes that host what is not in the shell of a test, and a NATS between them and it. */
export interface Elsewhere {
  /** By which a shell finds them. */
  readonly environment: Readonly<Record<string, string>>;
  /** By which modules find them that are composed without the shell's configuration. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Lets them call what the test's own application provides. */
  mayCall(app: INestApplicationContext): Promise<void>;
  end(): Promise<void>;
}

const NOTHING: Elsewhere = { environment: {}, imports: [], mayCall: async () => {}, end: async () => {} };

/** Starts a process for each module that is elsewhere, over the database of the test. */
export async function startElsewhere(databaseUrl: string): Promise<Elsewhere> {
  if (REMOTE.length === 0) return NOTHING;
  if (!existsSync(MACROSERVICE)) throw new Error(`${MACROSERVICE} is missing: build it with 'pnpm build' first.`);
  const nats = await startNats();
  // Events that travel over NATS look for it there.
  process.env.NATS_URL = nats.url;
  const environment = { DATABASE_URL: databaseUrl, NATS_URL: nats.url };
  const programs = await Promise.all(REMOTE.map((module) => host(module, environment)));
  return {
    environment: { NATS_URL: nats.url },
    imports: [
      NatsModule.forRoot({ servers: nats.url }),
      PrincipalTokensModule.forRoot({
        issuer: 'shell',
        config: { PRINCIPAL_KEY: undefined, PRINCIPAL_KEYS: undefined },
      }),
    ],
    mayCall: (app) => new Promise((resolve) => app.get(CallServer, { strict: false }).listen(() => resolve())),
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
