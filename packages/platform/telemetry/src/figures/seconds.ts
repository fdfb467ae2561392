/** Bounds of buckets for what may be over in microseconds, and may wait for a database or a network. */
export const IN_PROCESS_SECONDS: readonly number[] = Object.freeze([
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]);

/** Those that OpenTelemetry's conventions give for requests (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/). */
export const REQUEST_SECONDS: readonly number[] = Object.freeze([
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]);

/** For what may wait for a relay, or for a process that comes back after a night. */
export const WAITING_SECONDS: readonly number[] = Object.freeze([
  0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 36_000,
]);
