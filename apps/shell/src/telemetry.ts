import { TelemetryModule } from '@macrolith/telemetry';
import type { DynamicModule } from '@nestjs/common';
import type { MonolithConfig } from './config.js';

/** What a process of the monolith tells of itself, as the environment says: nothing, unless it says otherwise. */
export function telemetry(config: MonolithConfig, service: string): DynamicModule {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  return TelemetryModule.forRoot({
    service: config.OTEL_SERVICE_NAME ?? service,
    prometheus: config.METRICS === 'on',
    sampling: config.OTEL_TRACES_SAMPLER_ARG,
    otlp: endpoint === undefined ? undefined : otlpTo(endpoint, config),
  });
}

function otlpTo(endpoint: string, config: MonolithConfig) {
  return {
    endpoint,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    figuresEveryMs: config.OTEL_METRIC_EXPORT_INTERVAL,
  };
}
