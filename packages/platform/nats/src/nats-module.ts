import {
  InstalledModules,
  ObservedFigures,
  PortRegistry,
  PrincipalTokens,
  RemoteCalls,
  Shutdown,
  TaskTerms,
} from '@macrolith/core';
import { CallNames, NatsConnectionModule, NatsConnections, NatsLink, NatsNames } from '@macrolith/nats-connection';
import { type DynamicModule, Module } from '@nestjs/common';
import { NatsCalls } from './client/nats-calls.js';
import { targetFigures } from './client/target-figures.js';
import { type GivenNatsOptions, natsCallOptions } from './nats-options.js';
import { CallServer } from './server/call-server.js';

const TOKENS = { token: PrincipalTokens, optional: true };
const TERMS = { token: TaskTerms, optional: true };

/**
 * Calls between processes, in a shell: `imports: [MacrolithModule.forRoot(), NatsModule.forRoot({ servers }), …]`. Global. What
 * this process provides is served to others once its `CallServer` listens, as the strategy of a microservice.
 */
@Module({})
export class NatsModule {
  static forRoot(given: GivenNatsOptions = {}): DynamicModule {
    const options = natsCallOptions(given);
    const names = new NatsNames(options.system).calls;
    return {
      module: NatsModule,
      global: true,
      imports: [NatsConnectionModule],
      providers: [
        { provide: CallNames, useValue: names },
        {
          provide: NatsLink,
          inject: [NatsConnections],
          useFactory: async (connections: NatsConnections) => {
            const link = connections.to(options);
            await link.ready(options.natsPatienceMs);
            return link;
          },
        },
        {
          provide: NatsCalls,
          inject: [NatsLink, ObservedFigures, TOKENS],
          useFactory: (link: NatsLink, figures: ObservedFigures, tokens?: PrincipalTokens) => {
            const calls = new NatsCalls(link, names, options, tokens);
            figures.offer(...targetFigures(() => calls.remoteModules));
            return calls;
          },
        },
        { provide: RemoteCalls, useExisting: NatsCalls },
        {
          provide: CallServer,
          inject: [InstalledModules, PortRegistry, NatsLink, Shutdown, TOKENS, TERMS],
          useFactory: (
            installed: InstalledModules,
            registry: PortRegistry,
            link: NatsLink,
            shutdown: Shutdown,
            tokens?: PrincipalTokens,
            terms?: TaskTerms,
          ) => new CallServer(installed, registry, link, names, options, tokens, terms, shutdown),
        },
      ],
      exports: [RemoteCalls, NatsCalls, CallServer, CallNames],
    };
  }
}
