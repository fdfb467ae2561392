import type { AnyPort } from '@macrolith/contract';
import {
  type Clock,
  MacrolithModule,
  type MacrolithOptions,
  PortRegistry,
  RemotePorts,
  SystemClock,
} from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { WorkflowModule, type WorkflowOptions } from '@macrolith/workflow';
import {
  type DynamicModule,
  type INestApplicationContext,
  Module,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FakeClock } from './fake-clock.js';
import { type FakePort, FakePorts } from './fake-ports.js';
import { moveStoredTime } from './stored-time.js';
import { TEST_CALLER, testCallerModule } from './test-caller.js';
import { TEST_RELAY } from './test-relay.js';
import { Wire } from './wire.js';

export interface BootModuleOptions {
  /** Fakes of the ports that the module uses, from the `…/testing` of their packages. */
  readonly fakes?: readonly FakePort[];
  /**
   * Where the fakes answer. `elsewhere` is another application, over a nats-server of its own: what the module uses is called
   * over a network then, and workflows with participants there are durable. Default `here`.
   */
  readonly fakesAre?: 'here' | 'elsewhere';
  /**
   * Default `local`. `remote` boots a second application as well, on the same database and a nats-server of its own: `port`
   * answers ports of the modules as that one sees them.
   */
  readonly binding?: MacrolithOptions['binding'] | 'remote';
  /** `durable` runs every workflow as a durable run, with each other module as if it were elsewhere. Default `by-binding`. */
  readonly workflows?: MacrolithOptions['workflows'];
  /** Check and copy every argument and result. Default true. */
  readonly checks?: boolean;
  /** Further Nest modules, e.g. ones that provide options. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly events?: Partial<RelayOptions>;
  /** Where NATS is, for modules whose events travel over it. Default: events stay in the database. */
  readonly natsUrl?: string | undefined;
  /** How durable runs are run. */
  readonly runs?: Partial<WorkflowOptions>;
  /** A database that is there already and stays, for a program that is killed and started again. Default: one of its own. */
  readonly databaseUrl?: string;
  /** Default: the system's. A `FakeClock` moves what waits in the logs, too. */
  readonly clock?: Clock;
  /** Nest's log. Default: nothing is written. */
  readonly logger?: false | ('error' | 'warn' | 'log' | 'debug')[];
}

/** Modules that run on a database of their own. */
export interface RunningModules {
  readonly app: INestApplicationContext;
  readonly database: Database;
  /** The administrator's URL of the test database, for assertions that look past the module's own role. */
  readonly databaseUrl: string;
  /**
   * The port as a consumer sees it, through the chosen binding. The consumer is the test, a module with an outbox: a
   * task is queued there, handed over after commit, and retried.
   */
  port<P extends AnyPort>(port: P): InstanceType<P>;
  /** Any provider, by its class or token. */
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  /** Stops everything, and drops the database if it was made here. */
  close(): Promise<void>;
}

/** Retries come fast in tests; everything else is as in production. */
const TEST_RUNS: Partial<WorkflowOptions> = { sweepMs: 250, backoff: { firstMs: 20, maxMs: 200 } };

/**
 * Boots one module alone: its own schema and role on a fresh database of a real PostgreSQL, the ports that it uses as
 * fakes. Several modules may be given where a test is about their interplay, or none to try out fakes.
 *
 * @throws BootRefused naming each port that a module uses and nothing provides; the database is dropped then
 */
export async function bootModule(
  modules: Type | readonly Type[],
  options: BootModuleOptions = {},
): Promise<RunningModules> {
  const {
    fakes = [],
    fakesAre = 'here',
    binding = 'local',
    checks = true,
    imports = [],
    events = {},
    runs = {},
    logger = false,
  } = options;
  const { workflows = 'by-binding', clock = new SystemClock() } = options;
  const testDatabase =
    options.databaseUrl === undefined ? await createTestDatabase() : lentDatabase(options.databaseUrl);

  const ports = fakes.map(([port]) => port);
  const wire = binding === 'remote' || fakesAre === 'elsewhere' ? await Wire.start() : undefined;

  @Module({
    imports: [
      MacrolithModule.forRoot({ binding: binding === 'remote' ? 'local' : binding, checks, workflows, clock }),
      DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 40 }),
      await eventsModule({ ...TEST_RELAY, ...events }, options.natsUrl),
      WorkflowModule.forRoot({ ...TEST_RUNS, ...runs }),
      fakesAre === 'elsewhere' ? RemotePorts.of(ports) : FakePorts.with(fakes),
      testCallerModule(ports),
      ...(wire === undefined ? [] : [wire.transport()]),
      ...imports,
      ...listOf(modules),
    ],
  })
  class TestShell {}

  try {
    if (fakesAre === 'elsewhere') await wire!.host(fakes, { checks, clock });
    const app = await NestFactory.createApplicationContext(TestShell, { logger, abortOnError: false });
    const booted = running(app, testDatabase);
    if (clock instanceof FakeClock) moveStoredTime(booted, clock);
    if (wire === undefined) return booted;
    const called =
      binding === 'remote' ? await wire.between(booted, listOf(modules), { checks, clock, events }) : booted;
    return { ...called, close: () => called.close().finally(() => wire.end()) };
  } catch (error) {
    await wire?.end();
    // Nest does not shut down what it could not start: dropping the database ends its connections.
    await testDatabase.drop();
    throw error;
  }
}

/** Tests whose events stay in the database need not load what NATS takes. */
async function eventsModule(relay: Partial<RelayOptions>, servers: string | undefined): Promise<DynamicModule> {
  if (servers === undefined) return EventsModule.forRoot(relay);
  const overNats = await import('@macrolith/events/nats');
  return overNats.EventsModule.forRoot({ ...relay, servers });
}

function lentDatabase(url: string): Pick<TestDatabase, 'url' | 'drop'> {
  return { url, drop: async () => {} };
}

function listOf(modules: Type | readonly Type[]): readonly Type[] {
  return typeof modules === 'function' ? [modules] : modules;
}

function running(app: INestApplicationContext, { url, drop }: Pick<TestDatabase, 'url' | 'drop'>): RunningModules {
  const registry = app.get(PortRegistry, { strict: false });
  return {
    app,
    database: app.get(Database, { strict: false }),
    databaseUrl: url,
    port: <P extends AnyPort>(port: P) => registry.use(port, TEST_CALLER) as InstanceType<P>,
    get: (token) => app.get(token as never, { strict: false }),
    close: async () => {
      await app.close();
      await drop();
    },
  };
}
