import type { ObservedFigure } from '@macrolith/core';
import type { HrTime } from '@opentelemetry/api';
import { ValueType } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type GaugeMetricData,
  type HistogramMetricData,
  type MetricDescriptor,
  type MetricProducer,
  type SumMetricData,
} from '@opentelemetry/sdk-metrics';
import type { Counter } from '../figures/counter.js';
import type { Description } from '../figures/figure.js';
import type { Figures } from '../figures/figures.js';
import type { Histogram } from '../figures/histogram.js';

const SCOPE = { name: '@macrolith/telemetry' };
const NANOSECONDS_PER_MS = 1_000_000;

/**
 * Hands the platform's figures to OpenTelemetry's readers (the specification's MetricProducer). They are counted by the
 * platform, since an instrument looks up its series anew at each of its recordings, which takes longer than a call.
 */
export class FiguresProducer implements MetricProducer {
  constructor(
    private readonly figures: Figures,
    private readonly resource: Resource,
    private readonly nameOf: (description: Description) => string = ({ name }) => name,
  ) {}

  async collect(): Promise<CollectionResult> {
    const period = { startTime: timeOf(this.figures.since), endTime: timeOf(Date.now()) };
    const counters = this.figures.counters.map((counter) =>
      sumOf(counter, this.descriptor(counter, ValueType.INT), period),
    );
    const histograms = this.figures.histograms.map((histogram) =>
      histogramOf(histogram, this.descriptor(histogram, ValueType.DOUBLE), period),
    );
    const observed = this.figures.observed.all.map((figure) =>
      observationOf(figure, this.descriptor({ description: figure }, ValueType.INT), period),
    );
    const metrics = [...counters, ...histograms, ...observed].filter(({ dataPoints }) => dataPoints.length > 0);
    return { resourceMetrics: { resource: this.resource, scopeMetrics: [{ scope: SCOPE, metrics }] }, errors: [] };
  }

  private descriptor({ description }: { readonly description: Description }, valueType: ValueType): MetricDescriptor {
    const { help, unit } = description;
    return { name: this.nameOf(description), description: help, unit, valueType };
  }
}

interface Period {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function sumOf(counter: Counter, descriptor: MetricDescriptor, period: Period): SumMetricData {
  return {
    descriptor,
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.SUM,
    isMonotonic: true,
    dataPoints: Array.from(counter.all(), ({ labels, series }) => ({
      ...period,
      attributes: labels,
      value: series.value,
    })),
  };
}

function histogramOf(histogram: Histogram, descriptor: MetricDescriptor, period: Period): HistogramMetricData {
  return {
    descriptor,
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.HISTOGRAM,
    dataPoints: Array.from(histogram.all(), ({ labels, series: { counts, count, sum } }) => ({
      ...period,
      attributes: labels,
      value: { buckets: { boundaries: [...histogram.bounds], counts: [...counts] }, count, sum },
    })),
  };
}

function observationOf(
  figure: ObservedFigure,
  descriptor: MetricDescriptor,
  period: Period,
): SumMetricData | GaugeMetricData {
  const dataPoints = Array.from(figure.observe(), ({ labels, value }) => ({ ...period, attributes: labels, value }));
  const aggregationTemporality = AggregationTemporality.CUMULATIVE;
  return figure.is === 'level'
    ? { descriptor, aggregationTemporality, dataPointType: DataPointType.GAUGE, dataPoints }
    : { descriptor, aggregationTemporality, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
}

function timeOf(ms: number): HrTime {
  return [Math.floor(ms / 1_000), (ms % 1_000) * NANOSECONDS_PER_MS];
}
