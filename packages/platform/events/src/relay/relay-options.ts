import type { BackoffOptions } from './backoff.js';

/** DI token of the options of `EventsModule.forRoot`. */
export const RELAY_OPTIONS = Symbol('macrolith.relay-options');

export interface RelayOptions {
  /** Deliver from this process. Off where another process does it. */
  readonly enabled: boolean;
  /** How many consumers work at once, per module; as many messages are held in memory. */
  readonly concurrency: number;
  /** A consumer that takes longer is taken for dead, and its message is handed over again. */
  readonly leaseMs: number;
  /** How long a shutdown waits for consumers at work. What they leave is handed over again by the next process. */
  readonly drainMs: number;
  /** How often every outbox is looked at, for what other processes left behind. */
  readonly sweepMs: number;
  /** After so many failed attempts a message is a dead letter: kept with its reason, not tried again. */
  readonly maxAttempts: number;
  readonly backoff: BackoffOptions;
}

export const RELAY_DEFAULTS: RelayOptions = {
  enabled: true,
  concurrency: 8,
  leaseMs: 60_000,
  drainMs: 10_000,
  sweepMs: 5_000,
  maxAttempts: 20,
  backoff: { firstMs: 1_000, maxMs: 3_600_000 },
};
