import { randomFillSync } from 'node:crypto';

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const NO_TRACE = '0'.repeat(2 * TRACE_BYTES);
const NO_SPAN = '0'.repeat(2 * SPAN_BYTES);

/** Chance is fetched for many names at once: asking for it is dearer than all else that a call needs for its name. */
const chance = Buffer.alloc(4096);
let used = chance.length;

/** A name for a trace as W3C Trace Context has it: 32 hexadecimal digits. */
export function newTraceId(): string {
  return hexadecimal(TRACE_BYTES);
}

/** A name for a place in a trace: 16 hexadecimal digits. */
export function newSpanId(): string {
  return hexadecimal(SPAN_BYTES);
}

/** A trace of its own, not sampled, for what begins without one. */
export function newTraceparent(): string {
  const digits = hexadecimal(TRACE_BYTES + SPAN_BYTES);
  const [trace, span] = [digits.slice(0, 2 * TRACE_BYTES), digits.slice(2 * TRACE_BYTES)];
  return trace === NO_TRACE || span === NO_SPAN ? newTraceparent() : `00-${trace}-${span}-00`;
}

/** Never all zeros, which W3C Trace Context reads as no name. */
function hexadecimal(bytes: number): string {
  if (used + bytes > chance.length) {
    randomFillSync(chance);
    used = 0;
  }
  used += bytes;
  const digits = chance.toString('hex', used - bytes, used);
  return digits === NO_TRACE || digits === NO_SPAN ? hexadecimal(bytes) : digits;
}
