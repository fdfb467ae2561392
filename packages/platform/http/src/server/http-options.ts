import type { PrincipalSource } from '@macrolith/core';
import type { LogOptions } from '../logging/logger.js';

/** How the server deals with requests. Every limit has a default that suits a shell behind a load balancer. */
export interface HttpOptions {
  /** Largest request body. Default 1 MiB. */
  readonly bodyLimitBytes?: number;
  /** How long a request may take: to arrive, and then to be answered. Default 30 s. */
  readonly requestTimeoutMs?: number;
  /** How long a shutdown waits for the requests in flight. Default 10 s. */
  readonly drainTimeoutMs?: number;
  /** Requests answered at a time; one more gets 503. Default 1000. */
  readonly maxInFlight?: number;
  /** Believe the `X-Forwarded-*` headers of these proxies (addresses or ranges). Default: of none. */
  readonly trustProxy?: readonly string[];
  /** Who requests come from. Default: nobody knows, so an operation that asks for a permission is refused with 401. */
  readonly principals?: PrincipalSource;
  readonly log?: LogOptions;
  /** Signals that start a graceful shutdown. Default SIGTERM and SIGINT. */
  readonly shutdownSignals?: readonly NodeJS.Signals[];
}

export type HttpLimits = Required<Omit<HttpOptions, 'log' | 'principals' | 'shutdownSignals'>>;

/** Longest request target, path and query string together. Longer ones get 414, as most servers and proxies do. */
export const MAX_URL_LENGTH = 8_192;

const DEFAULTS: HttpLimits = {
  bodyLimitBytes: 1_048_576,
  requestTimeoutMs: 30_000,
  drainTimeoutMs: 10_000,
  maxInFlight: 1_000,
  trustProxy: [],
};

export function httpLimits(options: HttpOptions): HttpLimits {
  const { log: _log, principals: _principals, shutdownSignals: _signals, ...given } = options;
  const limits = { ...DEFAULTS, ...given };
  for (const name of ['bodyLimitBytes', 'requestTimeoutMs', 'drainTimeoutMs', 'maxInFlight'] as const) {
    if (!Number.isSafeInteger(limits[name]) || limits[name] < 1) {
      throw new RangeError(`HTTP option ${name} is ${limits[name]}. Use a whole number of at least 1.`);
    }
  }
  return limits;
}
