import { DomainError } from '@macrolith/contract';
import type { EventOperations } from '@macrolith/events/operations';
import { createColors } from 'picocolors';
import type { PlaceOptions } from '../commands/events/options.js';
import { isColored, type Streams } from '../commands/streams.js';
import { UsageError } from '../usage-error.js';
import { databaseAddress } from './database-address.js';
import { withEventOperations } from './event-database.js';

export type Colors = ReturnType<typeof createColors>;

/** How an answer may look. */
export interface Look {
  readonly colors: Colors;
  /** Nobody's terminal breaks its lines. */
  readonly isWide: boolean;
}

/** Answers text, or a value that is written as JSON. */
export type EventWork = (operations: EventOperations, look: Look) => Promise<string | object>;

/** Does something with the events of the database that is meant, and writes the answer. @throws UsageError */
export async function onEvents(options: PlaceOptions, streams: Streams, work: EventWork): Promise<void> {
  const { database, root } = options;
  const address = databaseAddress({ database, root, environment: streams.environment });
  const look = { colors: createColors(isColored(streams)), isWide: streams.out.isTTY !== true };
  try {
    const answer = await withEventOperations(address, (operations) => work(operations, look));
    streams.out.write(typeof answer === 'string' ? answer : `${JSON.stringify(answer, null, 2)}\n`);
  } catch (error) {
    throw error instanceof DomainError ? new UsageError(error.message) : error;
  }
}
