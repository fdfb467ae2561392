import type { WorkEnd } from '@macrolith/core';
import { OK, type Outcome } from '../outcome/outcome.js';

/** Whoever sends requests may make up a method, and each would be a series of its own. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The method as OpenTelemetry's conventions tell it. */
export function methodOf(method: string): string {
  return METHODS.has(method) ? method : '_OTHER';
}

/** A status below 500 says what the client asked for: that is no error of a server. */
export function outcomeOfRequest({ status = 0, aborted = false }: WorkEnd): Outcome {
  if (aborted) return { is: 'refused', type: 'aborted' };
  return status < 500 ? OK : { is: 'undeclared', type: String(status) };
}
