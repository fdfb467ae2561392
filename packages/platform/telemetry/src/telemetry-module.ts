import { InstalledModules } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { Telemetry } from './telemetry.js';
import { checkOptions, type TelemetryOptions } from './telemetry-options.js';

/** Telemetry in a process: `imports: [TelemetryModule.forRoot({ service: 'shop', prometheus: true }), …]`. */
@Module({})
export class TelemetryModule {
  /** @throws InvalidTelemetryOption */
  static forRoot(options: TelemetryOptions): DynamicModule {
    checkOptions(options);
    if (options.prometheus !== true && options.otlp === undefined) return { module: TelemetryModule };
    return {
      module: TelemetryModule,
      global: true,
      controllers: options.prometheus === true ? [MetricsController] : [],
      providers: [{ provide: Telemetry, inject: [InstalledModules], useFactory: starting(options) }],
      exports: [Telemetry],
    };
  }
}

function starting(options: TelemetryOptions) {
  return async (installed: InstalledModules): Promise<Telemetry> => {
    const { RunningTelemetry } = await import('./opentelemetry/running-telemetry.js');
    return RunningTelemetry.start(options, installed);
  };
}
