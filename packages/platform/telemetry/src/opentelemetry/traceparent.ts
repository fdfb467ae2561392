import type { SpanContext } from '@opentelemetry/api';

/** `00-<32 digits>-<16 digits>-<flags>` (W3C Trace Context, section 3.2). */
const LENGTH = 55;
const SAMPLED = 1;

export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags < 16 ? '0' : ''}${traceFlags.toString(16)}`;
}

/** Another span's place, as it is named to those who continue from it. Whether that is a valid one is for the caller to see. */
export function placeOf(traceparent: string | undefined): SpanContext | undefined {
  if (traceparent?.length !== LENGTH) return undefined;
  return {
    traceId: traceparent.slice(3, 35),
    spanId: traceparent.slice(36, 52),
    traceFlags: flagsOf(traceparent),
    isRemote: true,
  };
}

/** Whether whoever began the trace wants it recorded. */
export function isRecorded(traceparent: string): boolean {
  return (flagsOf(traceparent) & SAMPLED) === SAMPLED;
}

function flagsOf(traceparent: string): number {
  return Number.parseInt(traceparent.slice(53), 16);
}
