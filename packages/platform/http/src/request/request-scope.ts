import type { IncomingMessage } from 'node:http';
import { continueTrace, newSpanId, traceIdOf } from './traceparent.js';

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

/** Opens the scope of a request; the first caller decides. */
export function openScope(request: IncomingMessage, timeoutMs: number, spanId = newSpanId()): RequestScope {
  const open = scopes.get(request);
  if (open !== undefined) return open;
  const header = request.headers.traceparent;
  const traceparent = continueTrace(typeof header === 'string' ? header : undefined, spanId);
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
