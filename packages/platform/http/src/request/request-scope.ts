import type { IncomingMessage } from 'node:http';
import { newSpanId } from '@macrolith/core';
import { continueTrace, traceIdOf } from './traceparent.js';

/** What the rim knows of one request from its first moment, before and after any context. */
export interface RequestScope {
  readonly traceparent: string;
  readonly traceId: string;
  /** Milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** The code of the problem that was answered, for the request log. */
  problemCode?: string;
}

const scopes = new WeakMap<IncomingMessage, RequestScope>();

/** Opens the scope of a request; the first caller decides. Its place in the trace is `traceparent` where that is given. */
export function openScope(
  request: IncomingMessage,
  timeoutMs: number,
  traceparent = placeOf(request, newSpanId()),
): RequestScope {
  const open = scopes.get(request);
  if (open !== undefined) return open;
  const scope: RequestScope = {
    traceparent,
    traceId: traceIdOf(traceparent),
    deadlineAt: Date.now() + timeoutMs,
    startedAt: performance.now(),
  };
  scopes.set(request, scope);
  return scope;
}

export function scopeOf(request: IncomingMessage): RequestScope | undefined {
  return scopes.get(request);
}

/** The `tracestate` header. Several of them are one list, as Node joins them. */
export function stateHeaderOf({ headers }: IncomingMessage): string | undefined {
  const { tracestate } = headers;
  return typeof tracestate === 'string' ? tracestate : undefined;
}

/** The `traceparent` header. Node joins several of them, which no longer is one. */
export function traceHeaderOf({ headers }: IncomingMessage): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
}

/** Where the request stands in its trace, where nobody follows it: a span of its own that is recorded nowhere. */
export function placeOf(request: IncomingMessage, spanId: string): string {
  return continueTrace(traceHeaderOf(request), spanId);
}
