import type { AnyPort } from '@macrolith/contract';
import {
  type Clock,
  declarationOf,
  MacrolithModule,
  PortRegistry,
  PrincipalTokens,
  RemotePorts,
} from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { SignedPrincipals, SigningKey } from '@macrolith/identity';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { CallServer, NatsModule } from '@macrolith/nats';
import { type DynamicModule, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { RunningModules } from './boot-module.js';
import type { FakePort } from './fake-ports.js';
import { standIns } from './stand-in.js';
import { REMOTE_TEST_CALLER, remoteTestCallerModule } from './test-caller.js';
import { TEST_RELAY } from './test-relay.js';

/** What the caller's application has in common with the provider's. */
interface Shared {
  readonly checks: boolean;
  readonly clock: Clock;
  readonly events: Partial<RelayOptions>;
}

@Module({})
class WireModule {}

/** A real nats-server between applications: one provides modules, another one calls them. */
export class Wire {
  private readonly hosts: INestApplicationContext[] = [];

  private constructor(
    private readonly nats: NatsServer,
    private readonly key: SigningKey,
  ) {}

  static async start(): Promise<Wire> {
    return new Wire(await startNats(), await SigningKey.generate());
  }

  /** Both ends have the same key. */
  transport(): DynamicModule {
    const tokens = new SignedPrincipals({ system: 'macrolith', issuer: 'test', key: this.key });
    return {
      module: WireModule,
      global: true,
      imports: [NatsModule.forRoot({ servers: this.nats.url })],
      providers: [{ provide: PrincipalTokens, useValue: tokens }],
      exports: [PrincipalTokens],
    };
  }

  /** The provided modules, with their ports as another application on the same database sees them. */
  async between(provider: RunningModules, modules: readonly Type[], shared: Shared): Promise<RunningModules> {
    await this.serve(provider.app);
    const ports = modules.map((module) => declarationOf(module)!.manifest.port);
    const caller = await this.caller(provider.databaseUrl, ports, shared);
    const registry = caller.get(PortRegistry, { strict: false });
    const isRemote = (port: AnyPort) => registry.bindingOf(port.contract.name) !== undefined;
    return {
      ...provider,
      port: <P extends AnyPort>(port: P) =>
        isRemote(port) ? (registry.use(port, REMOTE_TEST_CALLER) as InstanceType<P>) : provider.port(port),
      close: async () => {
        await caller.close();
        await provider.close();
      },
    };
  }

  /** Lets fakes answer for their ports in an application of their own. */
  async host(fakes: readonly FakePort[], { checks, clock }: Pick<Shared, 'checks' | 'clock'>): Promise<void> {
    @Module({ imports: [MacrolithModule.forRoot({ checks, clock }), this.transport(), ...standIns(fakes)] })
    class HostingShell {}
    const app = await NestFactory.createApplicationContext(HostingShell, { logger: false, abortOnError: false });
    this.hosts.push(app);
    await this.serve(app);
  }

  async end(): Promise<void> {
    await Promise.all(this.hosts.map((app) => app.close()));
    await this.nats.stop();
  }

  private async serve(app: INestApplicationContext): Promise<void> {
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    app.get(CallServer, { strict: false }).listen(() => resolve());
    await listening;
  }

  private caller(
    databaseUrl: string,
    ports: readonly AnyPort[],
    { checks, clock, events }: Shared,
  ): Promise<INestApplicationContext> {
    @Module({
      imports: [
        MacrolithModule.forRoot({ checks, clock }),
        DatabaseModule.forRoot({ url: databaseUrl, poolSize: 10 }),
        EventsModule.forRoot({ ...TEST_RELAY, ...events }),
        this.transport(),
        RemotePorts.of(ports),
        remoteTestCallerModule(ports),
      ],
    })
    class CallingShell {}
    return NestFactory.createApplicationContext(CallingShell, { logger: false, abortOnError: false });
  }
}
