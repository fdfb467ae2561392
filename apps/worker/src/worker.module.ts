import { Health, telemetry } from '@macrolith/process';
import { monolith } from '@macrolith/shell';
import { type DynamicModule, Module } from '@nestjs/common';
import type { WorkerConfig } from './config.js';

/** The monolith without HTTP: what it says is delivered here, and its schedules are kept. */
@Module({})
export class WorkerModule {
  static with(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        telemetry(config, 'macrolith-worker'),
        ...monolith(config, { enabled: true, drainMs: config.SHUTDOWN_TIMEOUT_MS }),
      ],
      providers: [Health],
    };
  }
}
