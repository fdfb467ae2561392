import type { AnyPort } from '@macrolith/contract';
import { declarationOf, MacrolithModule, PortRegistry, RemotePorts, SystemClock } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import type { TestDatabase } from '@macrolith/local-services';
import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { BootModuleOptions, RunningModules } from './boot-module.js';
import { ModuleProcess } from './module-process.js';
import { REMOTE_TEST_CALLER, remoteTestCallerModule } from './test-caller.js';
import { TEST_RELAY } from './test-relay.js';
import { Wire } from './wire.js';

/** An option of `bootModule` is an object of this process, and the modules are to run in another one. */
export class NotForAnotherProcess extends Error {
  override readonly name = 'NotForAnotherProcess';
  constructor(readonly option: 'imports' | 'clock') {
    super(
      `'${option}' cannot be handed to the process in which the modules run under the binding 'remote'. ` +
        (option === 'clock'
          ? "Let time pass under 'local'."
          : 'Set what they read of the environment in process.env before the boot: the process has the same.'),
    );
  }
}

/**
 * Boots modules in a process of their own, and here an application that calls them over NATS, on the same database. The fakes
 * that they use answer here.
 *
 * @throws NotForAnotherProcess
 * @throws EndedBeforeReady with the log of the process
 */
export async function bootElsewhere(
  modules: readonly Type[],
  options: BootModuleOptions,
  { url: databaseUrl, drop }: Pick<TestDatabase, 'url' | 'drop'>,
): Promise<RunningModules> {
  if (options.clock !== undefined) throw new NotForAnotherProcess('clock');
  if (options.imports !== undefined) throw new NotForAnotherProcess('imports');
  const { fakes = [], checks = true, workflows = 'by-binding', events = {}, runs = {} } = options;
  const { logger = ['error', 'fatal'] } = options;
  const manifests = modules.map((module) => declarationOf(module)!.manifest);
  const fakePorts = fakes.map(([port]) => port);
  const ports = [...manifests.map(({ port }) => port), ...fakePorts];

  const wire = await Wire.start();
  let started: ModuleProcess | undefined;
  let app: INestApplicationContext | undefined;
  try {
    await wire.host(fakes, { checks, clock: new SystemClock() });
    started = new ModuleProcess({
      modules: manifests.map(({ name }) => name),
      file: options.file?.href,
      remotePorts: fakePorts.map(({ contract }) => contract.name),
      databaseUrl,
      wire: wire.access,
      checks,
      workflows,
      events,
      runs,
      logger,
    });
    app = await bootCaller(ports, wire, { databaseUrl, checks, events });
    await started.ready;
  } catch (error) {
    await app?.close();
    await started?.kill();
    await wire.end();
    throw error;
  }
  return calling(app, started, {
    databaseUrl,
    close: async () => {
      await app.close();
      await started.stop();
      await wire.end();
      await drop();
    },
  });
}

function calling(
  app: INestApplicationContext,
  process: ModuleProcess,
  { databaseUrl, close }: Pick<RunningModules, 'databaseUrl' | 'close'>,
): RunningModules {
  const registry = app.get(PortRegistry, { strict: false });
  return {
    app,
    process,
    database: app.get(Database, { strict: false }),
    databaseUrl,
    port: <P extends AnyPort>(port: P) => registry.use(port, REMOTE_TEST_CALLER) as InstanceType<P>,
    get: (token) => app.get(token as never, { strict: false }),
    close,
  };
}

async function bootCaller(
  ports: readonly AnyPort[],
  wire: Wire,
  { databaseUrl, checks, events }: { databaseUrl: string; checks: boolean; events: Partial<RelayOptions> },
): Promise<INestApplicationContext> {
  @Module({
    imports: [
      MacrolithModule.forRoot({ checks }),
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 10 }),
      EventsModule.forRoot({ ...TEST_RELAY, ...events }),
      await Wire.transport(wire.access),
      RemotePorts.of(ports),
      remoteTestCallerModule(ports),
    ],
  })
  class CallingShell {}
  return NestFactory.createApplicationContext(CallingShell, { logger: false, abortOnError: false });
}
