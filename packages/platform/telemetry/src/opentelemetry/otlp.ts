import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type MetricProducer, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import type { OtlpOptions } from '../telemetry-options.js';

const SPANS_EVERY_MS = 1_000;
const FIGURES_EVERY_MS = 60_000;

/**
 * Takes spans to a collector. The queue is bounded: when a collector does not keep up, spans are dropped, and nothing waits.
 *
 * @param deliveryMs how long one delivery may take, tries again included, in milliseconds
 */
export function spansTo(otlp: OtlpOptions, deliveryMs: number): BatchSpanProcessor {
  const exporter = new OTLPTraceExporter(requestsTo(otlp, 'traces', deliveryMs));
  return new BatchSpanProcessor({ exporter, scheduledDelayMillis: SPANS_EVERY_MS });
}

/** Takes figures to a collector, from time to time. */
export function figuresTo(
  otlp: OtlpOptions,
  deliveryMs: number,
  metricProducers: MetricProducer[],
): PeriodicExportingMetricReader {
  const exportIntervalMillis = otlp.figuresEveryMs ?? FIGURES_EVERY_MS;
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(requestsTo(otlp, 'metrics', deliveryMs)),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, deliveryMs),
    metricProducers,
  });
}

function requestsTo({ endpoint, headers = '' }: OtlpOptions, signal: 'traces' | 'metrics', timeoutMillis: number) {
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}`,
    headers: parseKeyPairsIntoRecord(headers),
    timeoutMillis,
  };
}
