import { randomUUID } from 'node:crypto';
import { callHook, type InstalledModules, workHook } from '@macrolith/core';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { parseKeyPairsIntoRecord, setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { Figures } from '../figures/figures.js';
import { Outcomes } from '../outcome/outcomes.js';
import { Telemetry } from '../telemetry.js';
import { TelemetryInstalledTwice } from '../telemetry-installed-twice.js';
import type { OtlpOptions, TelemetryOptions } from '../telemetry-options.js';
import { FiguresProducer } from './figures-producer.js';
import { FollowedCalls } from './followed-calls.js';
import { FollowedWorks } from './followed-work.js';
import { Mishaps } from './mishaps.js';
import { nameWithUnit, OnDemandReader } from './on-demand-reader.js';
import { PlatformContextManager } from './platform-context.js';
import { Traces } from './traces.js';

const TRACER = '@macrolith/telemetry';
/** One request to a collector, tries again included. */
const EXPORT_TIMEOUT_MS = 10_000;
const SPANS_EVERY_MS = 1_000;
const FIGURES_EVERY_MS = 60_000;
const LAST_WORDS_MS = 3_000;

/**
 * Telemetry while a process runs:
 * 1. what happens is followed by the platform's two hooks, into spans and figures;
 * 2. OpenTelemetry's SDK takes them to a collector, or hands the figures to Prometheus;
 * 3. its global API leads to the same place, so that a module's own spans and metrics, and those of instrumented libraries,
 *    join the trace of the call that they are made in.
 */
export class RunningTelemetry extends Telemetry implements OnApplicationShutdown {
  private readonly serializer = new PrometheusSerializer(undefined, false, undefined, false, true);

  private constructor(
    private readonly tracers: TracerProvider | undefined,
    private readonly meters: MeterProvider,
    private readonly onDemand: OnDemandReader,
    private readonly mishaps: Mishaps,
    private readonly lastWordsMs: number,
  ) {
    super();
  }

  /**
   * @param lastWordsMs how long the end of the process waits for a collector, in milliseconds
   * @throws TelemetryInstalledTwice
   */
  static start(
    options: TelemetryOptions,
    installed: Pick<InstalledModules, 'all'>,
    lastWordsMs = LAST_WORDS_MS,
  ): RunningTelemetry {
    if (callHook.current !== undefined || workHook.current !== undefined) throw new TelemetryInstalledTwice();
    const { service, otlp, sampling = 1 } = options;
    const mishaps = new Mishaps(new Logger('Telemetry'));
    const resource = resourceOf(service);
    const figures = new Figures();
    const onDemand = new OnDemandReader({ metricProducers: [new FiguresProducer(figures, resource, nameWithUnit)] });
    const readers: IMetricReader[] =
      otlp === undefined ? [onDemand] : [onDemand, sending(otlp, [new FiguresProducer(figures, resource)])];
    const meters = new MeterProvider({ resource, readers });
    const tracers = otlp && tracing(otlp, resource, sampling);

    const outcomes = new Outcomes(installed);
    const traces = tracers && new Traces(tracers.getTracer(TRACER));
    callHook.current = new FollowedCalls(figures.calls, outcomes, traces, mishaps).hook;
    workHook.current = new FollowedWorks(figures, outcomes, traces, mishaps).hook;
    setGlobalErrorHandler((error) => mishaps.report(error));
    joinGlobalApi(tracers, meters, mishaps);
    return new RunningTelemetry(tracers, meters, onDemand, mishaps, lastWordsMs);
  }

  override async prometheus(): Promise<string> {
    try {
      const { resourceMetrics, errors } = await this.onDemand.collect();
      for (const error of errors) this.mishaps.report(error);
      return this.serializer.serialize(resourceMetrics);
    } catch (error) {
      this.mishaps.report(error);
      return '';
    }
  }

  override async flush(): Promise<void> {
    await this.settle([this.tracers?.forceFlush(), this.meters.forceFlush()]);
  }

  /** The last that a shutdown does: whatever was still at work has been followed to its end. */
  async onApplicationShutdown(): Promise<void> {
    callHook.current = undefined;
    workHook.current = undefined;
    for (const api of [trace, metrics, context, propagation]) api.disable();
    const { promise: outOfPatience, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, this.lastWordsMs);
    await Promise.race([this.settle([this.tracers?.shutdown(), this.meters.shutdown()]), outOfPatience]);
    clearTimeout(patience);
  }

  private async settle(work: readonly (Promise<void> | undefined)[]): Promise<void> {
    for (const result of await Promise.allSettled(work)) {
      if (result.status === 'rejected') this.mishaps.report(result.reason);
    }
  }
}

function resourceOf(service: string): Resource {
  const own = resourceFromAttributes({ 'service.name': service, 'service.instance.id': randomUUID() });
  return defaultResource()
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(own);
}

function tracing(otlp: OtlpOptions, resource: Resource, sampling: number): TracerProvider {
  const exporter = new OTLPTraceExporter(requestsTo(otlp, 'traces'));
  return new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampling) }),
    // A bounded queue: when a collector does not keep up, spans are dropped, and nothing waits.
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: SPANS_EVERY_MS })],
  });
}

function sending(otlp: OtlpOptions, metricProducers: FiguresProducer[]): PeriodicExportingMetricReader {
  const exportIntervalMillis = otlp.figuresEveryMs ?? FIGURES_EVERY_MS;
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(requestsTo(otlp, 'metrics')),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, EXPORT_TIMEOUT_MS),
    metricProducers,
  });
}

function requestsTo({ endpoint, headers = '' }: OtlpOptions, signal: 'traces' | 'metrics') {
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}`,
    headers: parseKeyPairsIntoRecord(headers),
    timeoutMillis: EXPORT_TIMEOUT_MS,
  };
}

function joinGlobalApi(tracers: TracerProvider | undefined, meters: MeterProvider, mishaps: Mishaps): void {
  const joined = [
    tracers === undefined || trace.setGlobalTracerProvider(tracers),
    metrics.setGlobalMeterProvider(meters),
    context.setGlobalContextManager(new PlatformContextManager()),
    propagation.setGlobalPropagator(new W3CTraceContextPropagator()),
  ];
  if (joined.includes(false)) mishaps.report(new OtherOpenTelemetry());
}

/** Something else in the process has set up OpenTelemetry's global API. */
class OtherOpenTelemetry extends Error {
  constructor() {
    super(
      "OpenTelemetry's global API was set up before by something else, so spans that are made through it are not in the platform's " +
        'traces. Leave out that other set-up: TelemetryModule does it.',
    );
  }
}
