import type { WantedConsumer } from '../consumer/consumer-registration.js';
import type { LogTables } from '../log/log-tables.js';
import type { Publisher } from '../outbox/publishers.js';
import type { Subscription } from '../subscription/subscription-registry.js';

/** A log that relays hand over from. */
export interface RelayedLog {
  /** Names it in signals and for people: the module's name. */
  readonly name: string;
  /** The module in whose schema it is. */
  readonly module: string;
  readonly tables: LogTables;
  /** Whether a subscriber hears the events of this log. */
  carries(subscription: Subscription): boolean;
  /** The consumers that are registered for it by this process. Those of projections are registered for each generation. */
  readonly wanted: readonly WantedConsumer[];
}

/**
 * The logs of this process. Who wants what of them has been noted in the database by the time that there is an object of
 * it, so whoever writes to a log depends on it.
 */
export abstract class RelayedLogs {
  /** Those that are relayed from. */
  abstract readonly all: readonly RelayedLog[];
  /** Those that are written to. */
  abstract readonly outboxes: readonly Publisher[];
}
