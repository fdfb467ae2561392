import { InstalledModules, ObservedFigures, Shutdown } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { MetricsPage } from './metrics-page.js';
import { Telemetry } from './telemetry.js';
import { checkOptions, type TelemetryOptions } from './telemetry-options.js';

/** Telemetry in a process: `imports: [TelemetryModule.forRoot({ service: 'shop', prometheus: true }), …]`. */
@Module({})
export class TelemetryModule {
  /** @throws InvalidTelemetryOption */
  static forRoot(options: TelemetryOptions): DynamicModule {
    checkOptions(options);
    const { prometheus = false, otlp } = options;
    if (!prometheus && otlp === undefined) return { module: TelemetryModule };
    const page = prometheus ? [MetricsPage] : [];
    return {
      module: TelemetryModule,
      global: true,
      controllers: prometheus ? [MetricsController] : [],
      providers: [
        { provide: Telemetry, inject: [InstalledModules, ObservedFigures, Shutdown], useFactory: starting(options) },
        ...page,
      ],
      exports: [Telemetry, ...page],
    };
  }
}

function starting(options: TelemetryOptions) {
  return async (installed: InstalledModules, observed: ObservedFigures, shutdown: Shutdown): Promise<Telemetry> => {
    const { RunningTelemetry } = await import('./opentelemetry/running-telemetry.js');
    return RunningTelemetry.start(options, installed, observed, shutdown);
  };
}
