import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/local';
import { HttpModule } from '@macrolith/http';
import { UiModule } from '@macrolith/ui/server';
import { WorkflowModule } from '@macrolith/workflow';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ShellConfig } from './config.js';
import * as modules from './modules.js';

/** The monolith: the platform, and the modules that `modules.ts` lists. */
@Module({})
export class AppModule {
  static with(config: ShellConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MacrolithModule.forRoot({ binding: config.MACROLITH_BINDING, checks: config.MACROLITH_CHECKS }),
        DatabaseModule.forRoot({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
        EventsModule.forRoot(),
        WorkflowModule.forRoot(),
        HttpModule.forRoot({ title: 'Macrolith' }),
        UiModule.forRoot({ title: 'Macrolith' }),
        ...Object.values(modules),
      ],
    };
  }
}
