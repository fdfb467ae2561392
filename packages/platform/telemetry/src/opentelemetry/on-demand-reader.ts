import { MetricReader } from '@opentelemetry/sdk-metrics';
import type { Description } from '../figures/figure.js';

/** Reads figures when it is asked to, for Prometheus. */
export class OnDemandReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/**
 * A figure's name with its unit, which Prometheus wants to see there and the serializer leaves out
 * (https://prometheus.io/docs/practices/naming/#metric-names).
 */
export function nameWithUnit({ name, unit }: Description): string {
  return unit === 's' ? `${name}.seconds` : name;
}
