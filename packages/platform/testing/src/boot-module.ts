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
import { bootElsewhere } from './boot-elsewhere.js';
import { FakeClock } from './fake-clock.js';
import { type FakePort, FakePorts } from './fake-ports.js';
import type { ModuleProcess } from './module-process.js';
import { moveStoredTime } from './stored-time.js';
import { TEST_CALLER, testCallerModule } from './test-caller.js';
import { TEST_RELAY } from './test-relay.js';
import { Wire } from './wire.js';

export interface BootModuleOptions {
  /** Fakes of the ports that the module uses, from the `…/testing` of their packages. */
  readonly fakes?: readonly FakePort[];
  /**
   * Where the fakes answer. `elsewhere` is another application, over a nats-server of its own: what the module uses is called
   * over a network then, and workflows with participants there are durable. Default `here`. Under the binding `remote` the modules
   * are in another process than the fakes in any case.
   */
  readonly fakesAre?: 'here' | 'elsewhere';
  /**
   * Default `local`. `remote` boots the modules in a process of their own, on the same database, and here an application that calls
   * them over a nats-server of its own. The process has the environment of this one; `imports` and `clock` it cannot have.
   */
  readonly binding?: MacrolithOptions['binding'] | 'remote';
  /**
   * The file that exports the modules, from which the process of the binding `remote` imports them. Default: `/local` of the package
   * in whose folder the tests run.
   */
  readonly file?: URL;
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
  /** Nest's log. Default: nothing is written, and under the binding `remote` the errors of the process. */
  readonly logger?: false | ('fatal' | 'error' | 'warn' | 'log' | 'debug')[];
}

/** Modules that run on a database of their own. Under the binding `remote` everything here is of the application that calls them. */
export interface RunningModules {
  readonly app: INestApplicationContext;
  /** The process in which the modules run, under the binding `remote`. */
  readonly process?: ModuleProcess;
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
 * @throws EndedBeforeReady with the log of the process, under the binding `remote`
 */
export async function bootModule(
  modules: Type | readonly Type[],
  options: BootModuleOptions = {},
): Promise<RunningModules> {
  const testDatabase =
    options.databaseUrl === undefined ? await createTestDatabase() : lentDatabase(options.databaseUrl);
  const boot = options.binding === 'remote' ? bootElsewhere : bootHere;
  try {
    return await boot(listOf(modules), options, testDatabase);
  } catch (error) {
    // Nest does not shut down what it could not start: dropping the database ends its connections.
    await testDatabase.drop();
    throw error;
  }
}

async function bootHere(
  modules: readonly Type[],
  options: BootModuleOptions,
  testDatabase: Pick<TestDatabase, 'url' | 'drop'>,
): Promise<RunningModules> {
  const {
    fakes = [],
    fakesAre = 'here',
    checks = true,
    imports = [],
    events = {},
    runs = {},
    logger = false,
  } = options;
  const { workflows = 'by-binding', clock = new SystemClock() } = options;
  const binding = options.binding === 'loopback' ? 'loopback' : 'local';
  const ports = fakes.map(([port]) => port);
  const wire = fakesAre === 'elsewhere' ? await Wire.start() : undefined;

  try {
    @Module({
      imports: [
        MacrolithModule.forRoot({ binding, checks, workflows, clock }),
        DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 40 }),
        await eventsModule({ ...TEST_RELAY, ...events }, options.natsUrl),
        WorkflowModule.forRoot({ ...TEST_RUNS, ...runs }),
        wire === undefined ? FakePorts.with(fakes) : RemotePorts.of(ports),
        testCallerModule(ports),
        ...(wire === undefined ? [] : [await Wire.transport(wire.access)]),
        ...imports,
        ...modules,
      ],
    })
    class TestShell {}

    await wire?.host(fakes, { checks, clock });
    const app = await NestFactory.createApplicationContext(TestShell, { logger, abortOnError: false });
    const booted = running(app, testDatabase);
    if (clock instanceof FakeClock) moveStoredTime(booted, clock);
    return wire === undefined ? booted : { ...booted, close: () => booted.close().finally(() => wire.end()) };
  } catch (error) {
    await wire?.end();
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
