import type { BackoffOptions } from '@macrolith/core';

/** DI token of the options of `EventsModule.forRoot`. */
export const RELAY_OPTIONS = Symbol('macrolith.relay-options');

export interface RelayOptions {
  /** Deliver from this process. Off where another process does it. */
  readonly enabled: boolean;
  /** How many messages one consumer works on at once in this process. */
  readonly concurrency: number;
  /** How many consumers work at once in this process, whatever they consume: each holds a connection and a message. */
  readonly hands: number;
  /** How many messages of one key are handed over in a row before other keys have their turn. */
  readonly turn: number;
  /**
   * How long a message belongs to this process without being renewed. It is renewed while its consumer is at work, so this is how long
   * others wait for what a dead process had in its hands.
   */
  readonly leaseMs: number;
  /** A consumer that takes longer is taken for dead, and its message is handed over again. */
  readonly patienceMs: number;
  /**
   * How long a shutdown waits for consumers at work. What they leave is handed over again by the next process. The shutdown of the
   * whole process may leave less time.
   */
  readonly drainMs: number;
  /** How often every log is looked at, for what other processes left behind. */
  readonly sweepMs: number;
  /** After so many failed attempts a message is a dead letter: kept with its reason, not tried again. */
  readonly maxAttempts: number;
  readonly backoff: BackoffOptions;
  /** How long what was said is kept, in days, once nobody is owed any of it: what a later consumer can start from. */
  readonly logDays: number;
  /** How long a consumer remembers what it has handled, in days. Longer than a message can be under way. */
  readonly inboxDays: number;
}

export const RELAY_DEFAULTS: RelayOptions = {
  enabled: true,
  concurrency: 8,
  hands: 16,
  turn: 16,
  leaseMs: 10_000,
  patienceMs: 60_000,
  drainMs: 10_000,
  sweepMs: 5_000,
  maxAttempts: 20,
  backoff: { firstMs: 1_000, maxMs: 3_600_000 },
  logDays: 400,
  inboxDays: 30,
};
