import { type Clock, MacrolithModule, PrincipalTokens } from '@macrolith/core';
import { SignedPrincipals, SigningKey } from '@macrolith/identity';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { CallServer, NatsModule } from '@macrolith/nats';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FakePort } from './fake-ports.js';
import { standIns } from './stand-in.js';

/** By what a process gets at a wire. It can be told to another process. */
export interface WireAccess {
  readonly servers: string;
  /** Whoever calls and whoever is called have the same key. */
  readonly key: ReturnType<SigningKey['secret']>;
}

@Module({})
class WireModule {}

/** A real nats-server between applications, which may be in one process or in several. */
export class Wire {
  private readonly hosts: INestApplicationContext[] = [];

  private constructor(
    private readonly nats: NatsServer,
    readonly access: WireAccess,
  ) {}

  static async start(): Promise<Wire> {
    const [nats, key] = await Promise.all([startNats(), SigningKey.generate()]);
    return new Wire(nats, { servers: nats.url, key: key.secret() });
  }

  /** For an application that calls over the wire, or is called. */
  static async transport({ servers, key }: WireAccess): Promise<DynamicModule> {
    const tokens = new SignedPrincipals({ system: 'macrolith', issuer: 'test', key: await SigningKey.read(key) });
    return {
      module: WireModule,
      global: true,
      imports: [NatsModule.forRoot({ servers })],
      providers: [{ provide: PrincipalTokens, useValue: tokens }],
      exports: [PrincipalTokens],
    };
  }

  /** Lets an application answer calls. Resolves when it does. */
  static async serve(app: INestApplicationContext): Promise<void> {
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    app.get(CallServer, { strict: false }).listen(() => resolve());
    await listening;
  }

  /** Lets fakes answer for their ports in an application of their own. */
  async host(fakes: readonly FakePort[], { checks, clock }: { checks: boolean; clock: Clock }): Promise<void> {
    if (fakes.length === 0) return;
    const transport = await Wire.transport(this.access);

    @Module({ imports: [MacrolithModule.forRoot({ checks, clock }), transport, ...standIns(fakes)] })
    class HostingShell {}
    const app = await NestFactory.createApplicationContext(HostingShell, { logger: false, abortOnError: false });
    this.hosts.push(app);
    await Wire.serve(app);
  }

  async end(): Promise<void> {
    await Promise.all(this.hosts.map((app) => app.close()));
    await this.nats.stop();
  }
}
