import { newTraceId } from '@macrolith/core';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const NOT_SAMPLED = '00';

/**
 * Continues the caller's trace with a span of our own, or starts a trace when the header is absent or not usable
 * (W3C Trace Context, section 3.2: a receiver that cannot parse the header starts anew).
 */
export function continueTrace(header: string | undefined, spanId: string): string {
  const parsed = parse(header);
  if (parsed === undefined) return `00-${newTraceId()}-${spanId}-${NOT_SAMPLED}`;
  return `00-${parsed.traceId}-${spanId}-${parsed.flags}`;
}

/** Where the caller is in its trace, in version 00; `undefined` when the header is absent or not usable. */
export function callersPlace(header: string | undefined): string | undefined {
  const parsed = parse(header);
  return parsed && `00-${parsed.traceId}-${parsed.parentId}-${parsed.flags}`;
}

/** Printable characters, and so many that everybody has to hand on (W3C Trace Context, section 3.3.1.5). */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/**
 * What the caller's tracing systems say of its trace; `undefined` where it is absent or not usable, and where there is no
 * trace to say it of (W3C Trace Context, section 3.3).
 */
export function callersState(header: string | undefined, place: string | undefined): string | undefined {
  return place !== undefined && header !== undefined && TRACESTATE.test(header) ? header : undefined;
}

/** The 32 hexadecimal digits that name the trace. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

function parse(header: string | undefined): { traceId: string; parentId: string; flags: string } | undefined {
  const match = header === undefined ? null : TRACEPARENT.exec(header.trim());
  if (match === null) return undefined;
  const [, version, traceId, parentId, flags, rest] = match;
  if (version === 'ff' || traceId === NO_TRACE || parentId === NO_SPAN) return undefined;
  // Version 00 ends after the flags; later versions may add fields, which are dropped.
  if (version === '00' && rest !== undefined) return undefined;
  return { traceId: traceId!, parentId: parentId!, flags: flags! };
}
