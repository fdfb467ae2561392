import type { WantedConsumer } from '../consumer/consumer-registration.js';
import type { LogTables } from '../log/log-tables.js';
import type { Publisher } from '../outbox/publishers.js';

/** A log that relays hand over from. */
export interface RelayedLog {
  /** Names it in signals and for people: the module's name. */
  readonly name: string;
  /** The module in whose schema it is. */
  readonly module: string;
  readonly tables: LogTables;
  /** The consumers that are registered for it by this process. */
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
