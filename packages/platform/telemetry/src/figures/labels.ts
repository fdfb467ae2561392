/** What tells one series of a figure from the others. Values come from contracts, routes and constants, never from data. */
export type Labels = Readonly<Record<string, string | number>>;

/** The series that takes what a figure has no room for, as the OpenTelemetry specification names it. */
export const OVERFLOW: Labels = Object.freeze({ 'otel.metric.overflow': 'true' });
