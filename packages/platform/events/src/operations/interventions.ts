import { deliveryStatements } from '../relay/delivery-statements.js';
import { RELAY_CHANNEL } from '../relay/relay-channel.js';
import type { DeliveryFilter } from './delivery-filter.js';
import type { DeliveryView } from './delivery-view.js';
import type { InterventionAction, Reason } from './intervention-action.js';
import {
  type ChangedDelivery,
  countingStatement,
  type Extent,
  interventionStatement,
} from './intervention-statements.js';
import { logsNamed } from './logs-named.js';
import { Messages } from './messages.js';
import type { ObservedLog } from './observed-log.js';
import { ActionNotPossible, ConsumerNotNamed, DeliveryNotFound, ReasonMissing } from './operation-errors.js';

/** How many deliveries one statement acts on, so that none runs long and relays get their turn in between. */
const BATCH = 500;

const ONE: Extent = { limit: 1, waits: true };

/** Which delivery: the consumer may be left out where there is only one. */
export interface DeliveryName {
  readonly messageId: string;
  readonly consumer?: string | undefined;
}

/**
 * What people do about deliveries. Each change is one statement together with its note of who and why, and relays hear of it
 * at once. A message that is retried or replayed is handed over now, though later ones of its key may have been before it.
 */
export class Interventions {
  private readonly messages: Messages;

  constructor(private readonly logs: readonly ObservedLog[]) {
    this.messages = new Messages(logs);
  }

  /**
   * Acts on one delivery, and answers how it stood before.
   * @throws MessageNotFound, DeliveryNotFound, ConsumerNotNamed, ActionNotPossible, ReasonMissing
   */
  async act(action: InterventionAction, { messageId, consumer }: DeliveryName, reason: Reason): Promise<DeliveryView> {
    const given = checked(reason);
    const before = await this.find(messageId, consumer);
    const log = this.logs.find(({ name }) => name === before.log)!;
    const changed = await actOn(log, action, { messageId, consumer: before.consumer }, given, ONE);
    if (changed.length > 0) return before;
    const { state } = await this.find(messageId, before.consumer, before.log);
    throw new ActionNotPossible({ messageId, consumer: before.consumer, action, state });
  }

  /**
   * Acts on all deliveries that are meant and that can be acted on, the oldest first, at most `atMost`. Answers how many it
   * were. Whoever asks should have seen before how many it will be (`howMany`).
   * @throws LogNotFound, ReasonMissing
   */
  async actOnMany(action: InterventionAction, filter: DeliveryFilter, reason: Reason, atMost: number): Promise<number> {
    const given = checked(reason);
    let done = 0;
    for (const log of logsNamed(this.logs, filter.log)) {
      for (let batch = BATCH; batch === BATCH && done < atMost; ) {
        const limit = Math.min(BATCH, atMost - done);
        const changed = await actOn(log, action, filter, given, { limit, waits: false });
        batch = changed.length;
        done += changed.length;
      }
    }
    return done;
  }

  /** How many deliveries are meant and can be acted on; counts no further than `atMost`. @throws LogNotFound */
  async howMany(action: InterventionAction, filter: DeliveryFilter, atMost: number): Promise<number> {
    const counts = await Promise.all(
      logsNamed(this.logs, filter.log).map(async ({ tables, database }) => {
        const { statement, values } = countingStatement(tables, action, filter, atMost);
        const { rows } = await database.query<{ count: number }>(statement, values);
        return rows[0]!.count;
      }),
    );
    return Math.min(
      counts.reduce((sum, count) => sum + count, 0),
      atMost,
    );
  }

  private async find(messageId: string, consumer: string | undefined, log?: string): Promise<DeliveryView> {
    const { deliveries } = await this.messages.show(messageId);
    const consumers = deliveries.map((delivery) => delivery.consumer);
    if (consumer === undefined && deliveries.length > 1) throw new ConsumerNotNamed({ messageId, consumers });
    const found = deliveries.find(
      (delivery) =>
        (consumer === undefined || delivery.consumer === consumer) && (log === undefined || delivery.log === log),
    );
    if (found === undefined) throw new DeliveryNotFound({ messageId, consumer: consumer ?? '', consumers });
    return found;
  }
}

async function actOn(
  log: ObservedLog,
  action: InterventionAction,
  filter: DeliveryFilter,
  reason: Reason,
  extent: Extent,
): Promise<readonly ChangedDelivery[]> {
  const { statement, values } = interventionStatement(log.tables, action, filter, reason, extent);
  const { rows } = await log.database.query<ChangedDelivery>(statement, values);
  if (rows.length === 0) return rows;
  if (action === 'discard') await advance(log, rows);
  await log.database.query('SELECT pg_notify($1, $2)', [RELAY_CHANNEL, log.name]);
  return rows;
}

/** Lets what waited behind the discarded ones be handed over. It must see them discarded, so it is a statement of its own. */
async function advance({ tables, database }: ObservedLog, discarded: readonly ChangedDelivery[]): Promise<void> {
  const lanes = new Map(discarded.map((delivery) => [`${delivery.consumer} ${delivery.key}`, delivery]));
  const rows = [...lanes.values()];
  await database.query(deliveryStatements(tables).advance, [
    rows.map(({ consumer }) => consumer),
    rows.map(({ key }) => key),
    rows.map(() => false),
    0,
  ]);
}

function checked({ who, why }: Reason): Reason {
  const reason = { who: who.trim(), why: why.trim() };
  if (reason.who === '') throw new ReasonMissing({ missing: 'who' });
  if (reason.why === '') throw new ReasonMissing({ missing: 'why' });
  return reason;
}
