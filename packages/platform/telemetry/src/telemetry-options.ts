import { PlatformError } from '@macrolith/core';

/** A collector that takes OTLP over HTTP, as JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
export interface OtlpOptions {
  /** Its address without the path of a signal: `http://127.0.0.1:4318`. */
  readonly endpoint: string;
  /** Headers of each request, as `OTEL_EXPORTER_OTLP_HEADERS` has them: `api-key=secret,team=shop`. */
  readonly headers?: string | undefined;
  /** How often figures are sent, in milliseconds. Default 60 000. Spans are sent within a second or two. */
  readonly figuresEveryMs?: number;
}

/** What is told, and to whom. With neither `prometheus` nor `otlp` nothing is, and OpenTelemetry is not even loaded. */
export interface TelemetryOptions {
  /** What this process is called in traces and figures: `shop-worker`. */
  readonly service: string;
  /** Answer `/metrics` with all figures. Whoever reaches the process reads them. Default false. */
  readonly prometheus?: boolean;
  readonly otlp?: OtlpOptions | undefined;
  /**
   * Share of the traces beginning in this process that is recorded, from 0 to 1. One that was begun elsewhere is recorded as
   * its beginner says. Figures count everything. Default 1.
   */
  readonly sampling?: number;
}

/** An option of `TelemetryModule.forRoot` cannot be used. */
export class InvalidTelemetryOption extends PlatformError {
  readonly code = 'macrolith.invalid-telemetry-option';
  constructor(
    readonly option: string,
    remedy: string,
  ) {
    super(`The option ${option} of TelemetryModule.forRoot() cannot be used. ${remedy}`);
  }
}

/** @throws InvalidTelemetryOption. The message does not repeat the value: an address may hold a password. */
export function checkOptions({ service, otlp, sampling = 1 }: TelemetryOptions): void {
  if (service === '') throw new InvalidTelemetryOption('service', 'Give the process a name.');
  if (!(sampling >= 0 && sampling <= 1)) throw new InvalidTelemetryOption('sampling', 'Use a number from 0 to 1.');
  if (otlp === undefined) return;
  const { protocol } = URL.parse(otlp.endpoint) ?? {};
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new InvalidTelemetryOption('otlp.endpoint', 'Use an address such as http://127.0.0.1:4318.');
  const { figuresEveryMs = 1 } = otlp;
  if (!Number.isSafeInteger(figuresEveryMs) || figuresEveryMs < 1)
    throw new InvalidTelemetryOption('otlp.figuresEveryMs', 'Use a whole number of at least 1.');
}
