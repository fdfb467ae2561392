import { context, metrics, propagation, type TracerProvider, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import { PlatformContextManager } from './platform-context.js';

/** Something else in the process has set up OpenTelemetry's global API. */
export class OtherOpenTelemetry extends Error {
  constructor() {
    super(
      "OpenTelemetry's global API was set up before by something else, so spans that are made through it are not in the platform's " +
        'traces. Leave out that other set-up: TelemetryModule does it.',
    );
  }
}

/**
 * Leads OpenTelemetry's global API, which modules and instrumented libraries use, to where the platform's own spans and
 * figures go. Answers how to undo that. What is set up already is left alone.
 *
 * @param report told when something was
 */
export function joinGlobalApi(
  tracers: TracerProvider | undefined,
  meters: MeterProvider,
  report: (problem: OtherOpenTelemetry) => void,
): () => void {
  const parts = [
    ...(tracers === undefined ? [] : [{ api: trace, isJoined: trace.setGlobalTracerProvider(tracers) }]),
    { api: metrics, isJoined: metrics.setGlobalMeterProvider(meters) },
    { api: context, isJoined: context.setGlobalContextManager(new PlatformContextManager()) },
    { api: propagation, isJoined: propagation.setGlobalPropagator(new W3CTraceContextPropagator()) },
  ];
  const joined = parts.filter(({ isJoined }) => isJoined);
  if (joined.length < parts.length) report(new OtherOpenTelemetry());
  return () => {
    for (const { api } of joined) api.disable();
  };
}
