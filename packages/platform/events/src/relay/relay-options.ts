import type { BackoffOptions } from './backoff.js';

/** DI token of the options of `EventsModule.forRoot`. */
export const RELAY_OPTIONS = Symbol('macrolith.relay-options');

export interface RelayOptions {
  /** Deliver from this process. Off where another process does it. */
  readonly enabled: boolean;
  /** How many messages one claim takes, and so how many are held in memory per module. */
  readonly batch: number;
  /** How many consumers work at once, per module. */
  readonly concurrency: number;
  /** A consumer that takes longer is taken for dead, and its message is handed over again. */
  readonly leaseMs: number;
  /** How often every outbox is looked at, for what other processes left behind. */
  readonly sweepMs: number;
  /** After so many failed attempts a message is a dead letter: kept with its reason, not tried again. */
  readonly maxAttempts: number;
  readonly backoff: BackoffOptions;
}

export const RELAY_DEFAULTS: RelayOptions = {
  enabled: true,
  batch: 50,
  concurrency: 8,
  leaseMs: 60_000,
  sweepMs: 5_000,
  maxAttempts: 12,
  backoff: { firstMs: 1_000, maxMs: 300_000 },
};
