import { HttpModule } from '@macrolith/http';
import { UiModule } from '@macrolith/ui/server';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ShellConfig } from './config.js';
import { monolith } from './monolith.js';

/** The monolith, and what serves it over HTTP. */
@Module({})
export class AppModule {
  static with(config: ShellConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...monolith(config, { enabled: config.EVENTS_RELAY }),
        HttpModule.forRoot({ title: 'Macrolith' }),
        UiModule.forRoot({ title: 'Macrolith' }),
      ],
    };
  }
}
