import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import * as eventsInDatabase from '@macrolith/events/local';
import * as eventsOverNats from '@macrolith/events/nats';
import { NatsModule } from '@macrolith/nats';
import { PrincipalTokensModule, ProcessNatsModule } from '@macrolith/process';
import { WorkflowModule } from '@macrolith/workflow';
import type { ModuleMetadata } from '@nestjs/common';
import type { MonolithConfig } from './config.js';
import * as modules from './modules.js';

type Imports = NonNullable<ModuleMetadata['imports']>;

/**
 * What every process of the monolith consists of, whether it serves HTTP or works in the background: the platform without
 * a rim, and the modules that `modules.ts` lists. Where `NATS_URL` says where NATS is, calls and events go over it; so a module moves
 * out by its import alone.
 */
export function monolith(config: MonolithConfig, relay: Partial<eventsInDatabase.RelayOptions> = {}): Imports {
  const { EventsModule } = config.NATS_URL === undefined ? eventsInDatabase : eventsOverNats;
  return [
    MacrolithModule.forRoot({
      binding: config.MACROLITH_BINDING,
      checks: config.MACROLITH_CHECKS,
      workflows: config.MACROLITH_WORKFLOWS,
      shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    }),
    DatabaseModule.forRoot({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
    EventsModule.forRoot(relay),
    WorkflowModule.forRoot({ drainMs: config.SHUTDOWN_TIMEOUT_MS }),
    ...(config.NATS_URL === undefined ? [] : callsOverNats(config)),
    ...Object.values(modules),
  ];
}

function callsOverNats(config: MonolithConfig): Imports {
  return [
    ProcessNatsModule.forRoot(config),
    NatsModule.forRoot({ drainMs: config.SHUTDOWN_TIMEOUT_MS }),
    PrincipalTokensModule.forRoot({ issuer: 'shell', config }),
  ];
}
