import { TelemetryModule } from '@macrolith/telemetry';
import type { DynamicModule } from '@nestjs/common';
import { z } from 'zod';

/** What a process tells of itself, and to whom. */
export const TelemetryEnvironment = z.object({
  METRICS: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'Whether `/metrics` is there for Prometheus, in the shell on `PORT`, elsewhere on `HEALTH_PORT`. Whoever reaches that port reads the names of modules and operations, and how much they are used.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: () => 'must look like http://127.0.0.1:4318' })
    .optional()
    .describe(
      'A collector that takes spans and figures by OTLP over HTTP: `http://127.0.0.1:4318`. Not set: none are sent.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe('Headers of what is sent to the collector: `api-key=secret,team=shop`, values percent-encoded.'),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .optional()
    .describe(
      'What the process is called in traces and figures. Default: `macrolith-shell`, `macrolith-worker` or `macrolith-macroservice`.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe(
      'Share of the traces beginning here that are sent, from 0 to 1. One that was begun elsewhere is sent if its beginner says so.',
    ),
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(60_000)
    .describe('How often figures are sent to the collector, in milliseconds.'),
});

type TelemetryConfig = Readonly<z.output<typeof TelemetryEnvironment>>;

/** What a process tells of itself, as the environment says: nothing, unless it says otherwise. */
export function telemetry(config: TelemetryConfig, service: string): DynamicModule {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  return TelemetryModule.forRoot({
    service: config.OTEL_SERVICE_NAME ?? service,
    prometheus: config.METRICS === 'on',
    sampling: config.OTEL_TRACES_SAMPLER_ARG,
    otlp: endpoint === undefined ? undefined : otlpTo(endpoint, config),
  });
}

function otlpTo(endpoint: string, config: TelemetryConfig) {
  return {
    endpoint,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    figuresEveryMs: config.OTEL_METRIC_EXPORT_INTERVAL,
  };
}
