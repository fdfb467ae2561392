import { randomBytes } from 'node:crypto';

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const NO_TRACE = '0'.repeat(2 * TRACE_BYTES);
const NO_SPAN = '0'.repeat(2 * SPAN_BYTES);

/** Chance is fetched for many names at once: asking for it is dearer than all else that a call needs for its name. */
const POOL_BYTES = 4_096;
let pool = '';
let used = 0;

/** A name for a trace as W3C Trace Context has it: 32 hexadecimal digits. */
export function newTraceId(): string {
  const digits = hexadecimal(TRACE_BYTES);
  return digits === NO_TRACE ? newTraceId() : digits;
}

/** A name for a place in a trace: 16 hexadecimal digits. */
export function newSpanId(): string {
  const digits = hexadecimal(SPAN_BYTES);
  return digits === NO_SPAN ? newSpanId() : digits;
}

/** A trace of its own, not sampled, for what begins without one. */
export function newTraceparent(): string {
  return `00-${newTraceId()}-${newSpanId()}-00`;
}

/** It may be all zeros, which W3C Trace Context reads as no name. */
function hexadecimal(bytes: number): string {
  const digits = 2 * bytes;
  if (used + digits > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    used = 0;
  }
  used += digits;
  return pool.slice(used - digits, used);
}
