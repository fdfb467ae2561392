/** Applications of a test that call each other over one NATS, as processes do. */
import { type AnyPort } from '@macrolith/contract';
import { MacrolithModule, PortRegistry } from '@macrolith/core';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { CallServer, type GivenNatsOptions, NatsCalls, NatsModule } from '@macrolith/nats';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { LocalObservatory, Observatory, ObservatoryService, RemoteObservatory, Stores } from './observatory.js';

type Imports = NonNullable<ModuleMetadata['imports']>;

export interface Provider<Service = ObservatoryService> {
  readonly service: Service;
  readonly server: CallServer;
  close(): Promise<void>;
}

export interface Caller<Port = Observatory> {
  readonly port: Port;
  readonly calls: NatsCalls;
  readonly registry: PortRegistry;
  close(): Promise<void>;
}

export class Applications {
  private readonly running = new Set<{ close(): Promise<void> }>();

  private constructor(
    readonly nats: NatsServer,
    /** A program that is not ours. */
    readonly stranger: NatsConnection,
  ) {}

  static async start(): Promise<Applications> {
    const nats = await startNats();
    return new Applications(
      nats,
      await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 }),
    );
  }

  /** Serves the observatory. */
  async provider(options: GivenNatsOptions = {}, imports: Imports = []): Promise<Provider> {
    return this.serving(ObservatoryService, [LocalObservatory, Stores, ...imports], options);
  }

  /** Calls the observatory. */
  async caller(options: GivenNatsOptions = {}, imports: Imports = []): Promise<Caller> {
    return this.calling(Observatory, [RemoteObservatory, ...imports], options);
  }

  /** Serves the module that `provider` implements. */
  async serving<T>(provider: Type<T>, imports: Imports, options: GivenNatsOptions = {}): Promise<Provider<T>> {
    const shell = this.shell(imports, options);
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(shell, {
      inject: [CallServer],
      useFactory: (strategy: CallServer) => ({ strategy }),
      logger: false,
      abortOnError: false,
    } as never);
    await app.listen();
    return this.kept(app, {
      service: app.get(provider, { strict: false }),
      server: app.get(CallServer, { strict: false }),
    });
  }

  /** Calls `port` in the name of an astronomer. */
  async calling<T extends object>(
    port: AnyPort<T>,
    imports: Imports,
    options: GivenNatsOptions = {},
  ): Promise<Caller<T>> {
    const shell = this.shell(imports, options);
    const app = await NestFactory.createApplicationContext(shell, { logger: false, abortOnError: false });
    const registry = app.get(PortRegistry, { strict: false });
    return this.kept(app, {
      port: registry.use(port, 'astronomer') as T,
      calls: app.get(NatsCalls, { strict: false }),
      registry,
    });
  }

  /** Closes the applications of a test. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.running].map((application) => application.close()));
  }

  async end(): Promise<void> {
    await this.closeAll();
    await this.stranger.close();
    await this.nats.stop();
  }

  private shell(imports: Imports, options: GivenNatsOptions): Type {
    @Module({
      imports: [MacrolithModule.forRoot(), NatsModule.forRoot({ servers: this.nats.url, ...options }), ...imports],
    })
    class Shell {}
    return Shell;
  }

  private kept<T extends object>(app: { close(): Promise<void> }, parts: T): T & { close(): Promise<void> } {
    const running = { close: () => (this.running.delete(running) ? app.close() : Promise.resolve()) };
    this.running.add(running);
    return { ...parts, close: running.close };
  }
}
