import { MacrolithModule, RemotePorts } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/nats';
import { NatsModule } from '@macrolith/nats';
import { Health, PrincipalTokensModule, ProcessNatsModule, telemetry } from '@macrolith/process';
import { WorkflowModule } from '@macrolith/workflow';
import { type DynamicModule, Module } from '@nestjs/common';
import type { MacroserviceConfig } from './config.js';
import type { HostedModules } from './hosted-modules.js';

/**
 * One or several modules behind NATS: their calls, their events, their tasks and their schedules. What they use of others is called
 * where it runs.
 */
@Module({})
export class MacroserviceModule {
  static with(config: MacroserviceConfig, { modules, remotePorts }: HostedModules): DynamicModule {
    const drainMs = config.SHUTDOWN_TIMEOUT_MS;
    return {
      module: MacroserviceModule,
      imports: [
        telemetry(config, 'macrolith-macroservice'),
        MacrolithModule.forRoot({ shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS }),
        DatabaseModule.forRoot({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
        ProcessNatsModule.forRoot(config),
        EventsModule.forRoot({ enabled: true, drainMs }),
        NatsModule.forRoot({ drainMs }),
        PrincipalTokensModule.forRoot({ issuer: 'macroservice', config }),
        WorkflowModule.forRoot({ drainMs }),
        RemotePorts.of(remotePorts),
        ...modules,
      ],
      providers: [Health],
    };
  }
}
