import { callHook, type InstalledModules, type ObservedFigures, type Shutdown, workHook } from '@macrolith/core';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { Figures } from '../figures/figures.js';
import { Outcomes } from '../outcome/outcomes.js';
import { Telemetry } from '../telemetry.js';
import { TelemetryInstalledTwice } from '../telemetry-installed-twice.js';
import type { TelemetryOptions } from '../telemetry-options.js';
import { FiguresProducer } from './figures-producer.js';
import { FollowedCalls } from './followed-calls.js';
import { FollowedWorks } from './followed-work.js';
import { joinGlobalApi } from './global-api.js';
import { Mishaps } from './mishaps.js';
import { nameWithUnit, OnDemandReader } from './on-demand-reader.js';
import { figuresTo, spansTo } from './otlp.js';
import { resourceOf } from './resource.js';
import { Traces } from './traces.js';

const TRACER = '@macrolith/telemetry';

/** How long a collector is waited for. */
interface Patience {
  /** For one delivery, tries again included, in milliseconds. */
  readonly deliveryMs: number;
  /** At the end of the process, in milliseconds. */
  readonly lastWordsMs: number;
}

const PATIENCE: Patience = { deliveryMs: 10_000, lastWordsMs: 3_000 };

/** The parts of OpenTelemetry's SDK that run. */
interface Sdk {
  /** Where spans are sent to somebody. */
  readonly tracers: TracerProvider | undefined;
  readonly meters: MeterProvider;
  readonly onDemand: OnDemandReader;
  readonly leaveGlobalApi: () => void;
}

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
    private readonly sdk: Sdk,
    private readonly calls: FollowedCalls,
    private readonly mishaps: Mishaps,
    private readonly patience: Patience,
    private readonly shutdown: Shutdown,
  ) {
    super();
  }

  /** @throws TelemetryInstalledTwice */
  static start(
    options: TelemetryOptions,
    installed: Pick<InstalledModules, 'all'>,
    observed: Pick<ObservedFigures, 'all'>,
    shutdown: Shutdown,
    patience: Patience = PATIENCE,
  ): RunningTelemetry {
    if (callHook.current !== undefined || workHook.current !== undefined) throw new TelemetryInstalledTwice();
    const mishaps = new Mishaps(new Logger('Telemetry'));
    const figures = new Figures(observed);
    const sdk = startSdk(options, figures, mishaps, patience);
    const outcomes = new Outcomes(installed);
    const traces = sdk.tracers && new Traces(sdk.tracers.getTracer(TRACER));
    const calls = new FollowedCalls(figures.calls, outcomes, traces, mishaps);
    callHook.current = calls.hook;
    workHook.current = new FollowedWorks(figures, outcomes, traces, mishaps).hook;
    return new RunningTelemetry(sdk, calls, mishaps, patience, shutdown);
  }

  override async prometheus(): Promise<string> {
    try {
      const { resourceMetrics, errors } = await this.sdk.onDemand.collect();
      for (const error of errors) this.mishaps.report(error);
      return this.serializer.serialize(resourceMetrics);
    } catch (error) {
      this.mishaps.report(error);
      return '';
    }
  }

  override async flush(): Promise<void> {
    const { tracers, meters } = this.sdk;
    await this.settle([tracers?.forceFlush(), meters.forceFlush()]);
  }

  /** The last that a shutdown does: whatever was still at work has been followed to its end. */
  async onApplicationShutdown(): Promise<void> {
    const { tracers, meters, leaveGlobalApi } = this.sdk;
    // Whoever came to listen later stays.
    if (callHook.current === this.calls.hook) callHook.current = undefined;
    workHook.current = undefined;
    leaveGlobalApi();
    const lastWords = this.settle([tracers?.shutdown(), meters.shutdown()]);
    await this.shutdown.waitFor('closing', lastWords, this.patience.lastWordsMs);
  }

  private async settle(work: readonly (Promise<void> | undefined)[]): Promise<void> {
    for (const result of await Promise.allSettled(work)) {
      if (result.status === 'rejected') this.mishaps.report(result.reason);
    }
  }
}

function startSdk(
  { service, otlp, sampling = 1 }: TelemetryOptions,
  figures: Figures,
  mishaps: Mishaps,
  { deliveryMs }: Patience,
): Sdk {
  const resource = resourceOf(service);
  const onDemand = new OnDemandReader({ metricProducers: [new FiguresProducer(figures, resource, nameWithUnit)] });
  const readers: IMetricReader[] = [onDemand];
  let tracers: TracerProvider | undefined;
  if (otlp !== undefined) {
    readers.push(figuresTo(otlp, deliveryMs, [new FiguresProducer(figures, resource)]));
    const sampler = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampling) });
    tracers = new TracerProvider({ resource, sampler, spanProcessors: [spansTo(otlp, deliveryMs)] });
  }
  const meters = new MeterProvider({ resource, readers });
  setGlobalErrorHandler((error) => mishaps.report(error));
  const leaveGlobalApi = joinGlobalApi(tracers, meters, (problem) => mishaps.report(problem));
  return { tracers, meters, onDemand, leaveGlobalApi };
}
