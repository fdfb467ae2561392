import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/local';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { UiModule } from '@macrolith/ui/server';
import { WorkflowModule } from '@macrolith/workflow';
import { type INestApplication, Module } from '@nestjs/common';
import { SHELL_MODULES } from './modules.js';

@Module({})
class Shell {}

/** The composition of apps/shell: all of the platform, and the domain modules. */
export async function macrolithShell(databaseUrl: string): Promise<INestApplication> {
  const title = 'Benchmark';
  const shell = {
    module: Shell,
    imports: [
      MacrolithModule.forRoot(),
      DatabaseModule.forRoot({ url: databaseUrl }),
      EventsModule.forRoot(),
      WorkflowModule.forRoot(),
      HttpModule.forRoot({ title }),
      UiModule.forRoot({ title }),
      ...SHELL_MODULES,
    ],
  };
  return createHttpApp(shell, { log: { level: 'silent' } });
}
