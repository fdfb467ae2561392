import { ConsoleModule } from '@macrolith/console/local';
import { HttpModule } from '@macrolith/http';
import { telemetry } from '@macrolith/process';
import { UiModule } from '@macrolith/ui/server';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ShellConfig } from './config.js';
import { monolith } from './monolith.js';

/**
 * The monolith, and what serves it over HTTP. The console is no part of the business, so the monolith does not have it: it
 * serves whoever runs this very process, and is switched by the environment.
 */
@Module({})
export class AppModule {
  static with(config: ShellConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        telemetry(config, 'macrolith-shell'),
        ...monolith(config, { enabled: config.EVENTS_RELAY, drainMs: config.SHUTDOWN_TIMEOUT_MS }),
        HttpModule.forRoot({ title: 'Macrolith' }),
        UiModule.forRoot({ title: 'Macrolith' }),
        ...(config.CONSOLE === 'on' ? [ConsoleModule] : []),
      ],
    };
  }
}
