import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { NatsModule } from '@macrolith/nats';
import { PrincipalTokensModule, ProcessNatsModule } from '@macrolith/process';
import { WorkflowModule } from '@macrolith/workflow';
import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import type { MonolithConfig } from './config.js';
import * as modules from './modules.js';

type Imports = NonNullable<ModuleMetadata['imports']>;

/**
 * What every process of the monolith consists of, whether it serves HTTP or works in the background: the platform without
 * a rim, and the modules that `modules.ts` lists.
 */
export function monolith(config: MonolithConfig, relay: Partial<RelayOptions> = {}): Imports {
  return composition(config, EventsModule.forRoot(relay));
}

function callsOverNats(config: MonolithConfig): Imports {
  return [
    ProcessNatsModule.forRoot(config),
    NatsModule.forRoot({ drainMs: config.SHUTDOWN_TIMEOUT_MS }),
    PrincipalTokensModule.forRoot({ issuer: 'shell', config }),
  ];
}

/** The same with events that travel as `events` says: the `EventsModule` of a transport. */
export function composition(config: MonolithConfig, events: DynamicModule): Imports {
  return [
    MacrolithModule.forRoot({
      binding: config.MACROLITH_BINDING,
      checks: config.MACROLITH_CHECKS,
      workflows: config.MACROLITH_WORKFLOWS,
      shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    }),
    DatabaseModule.forRoot({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
    events,
    WorkflowModule.forRoot({ drainMs: config.SHUTDOWN_TIMEOUT_MS }),
    ...(config.NATS_URL === undefined ? [] : callsOverNats(config)),
    ...Object.values(modules),
  ];
}
