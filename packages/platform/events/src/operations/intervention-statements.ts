import type { LogTables } from '../log/log-tables.js';
import { type DeliveryFilter, FilterCondition } from './delivery-filter.js';
import { STATE_CONDITIONS } from './delivery-state.js';
import type { InterventionAction, Reason } from './intervention-action.js';

/** Nobody holds a lease on it, not even one that has run out: that one is claimed again by itself. */
const AT_REST = `delivery.state = 'open' AND delivery.leased_until IS NULL`;

/**
 * In which states an action is possible, as a condition on rows called `delivery`. The clock is the one that goes on: whoever
 * waited for somebody else's retry would take what is due since then for what is not due yet.
 */
const POSSIBLE: Readonly<Record<InterventionAction, string>> = {
  retry: `(${STATE_CONDITIONS.dead} OR (${AT_REST} AND NOT delivery.parked AND (delivery.held OR delivery.due_at > clock_timestamp())))`,
  discard: `(${STATE_CONDITIONS.dead} OR (delivery.state = 'open' AND (delivery.leased_until IS NULL OR delivery.leased_until < now())))`,
  replay: `(${STATE_CONDITIONS.done} OR ${STATE_CONDITIONS.discarded})`,
};

/** `promotions` tells a claim that looks at the rows of the key right now that what it saw is over. */
const OPEN_AGAIN = `state = 'open', parked = false, promotions = delivery.promotions + 1, held = false, attempts = 0,
      due_at = now(), leased_until = NULL, closed_at = NULL`;

const CHANGES: Readonly<Record<InterventionAction, string>> = {
  retry: OPEN_AGAIN,
  discard: `state = 'discarded', parked = false, held = false, leased_until = NULL, closed_at = now()`,
  replay: `${OPEN_AGAIN}, round = delivery.round + 1, failure = NULL, failed_at = NULL`,
};

/** What a statement changed. */
export interface ChangedDelivery {
  readonly position: string;
  readonly messageId: string;
  readonly consumer: string;
  readonly key: string;
}

/** How many deliveries a statement acts on, and whether it waits for one that a relay looks at right now, or passes it over. */
export interface Extent {
  readonly limit: number;
  readonly waits: boolean;
}

/**
 * Acts on the oldest deliveries that are meant and can be acted on, and notes who did it and why in the same statement. The
 * state is looked at again under the row's lock, so of a relay and a person only one gets it.
 */
export function interventionStatement(
  { log, delivery, intervention }: LogTables,
  action: InterventionAction,
  filter: DeliveryFilter,
  { who, why }: Reason,
  { limit, waits }: Extent,
): FilterCondition & { readonly statement: string } {
  const condition = new FilterCondition(filter);
  const lock = `FOR UPDATE OF delivery${waits ? '' : ' SKIP LOCKED'}`;
  const statement = `WITH chosen AS (
      SELECT delivery.position, delivery.consumer
      FROM ${delivery} AS delivery JOIN ${log} AS message USING (position)
      WHERE ${condition.text} AND ${POSSIBLE[action]}
      ORDER BY delivery.position, delivery.consumer LIMIT ${condition.value(limit)} ${lock}
    ), changed AS (
      UPDATE ${delivery} AS delivery SET ${CHANGES[action]} FROM chosen
      WHERE delivery.position = chosen.position AND delivery.consumer = chosen.consumer
      RETURNING delivery.position, delivery.consumer, delivery.key
    ), noted AS (
      INSERT INTO ${intervention} (position, message_id, consumer, action, who, why)
      SELECT changed.position, message.id, changed.consumer,
        ${condition.value(action)}, ${condition.value(who)}, ${condition.value(why)}
      FROM changed JOIN ${log} AS message USING (position)
      RETURNING position, message_id, consumer
    )
    SELECT changed.position::text AS position, noted.message_id AS "messageId", changed.consumer, changed.key
    FROM changed JOIN noted USING (position, consumer) ORDER BY changed.position`;
  return Object.assign(condition, { statement });
}

/** Counts the deliveries that are meant and can be acted on, no further than `atMost`. */
export function countingStatement(
  { log, delivery }: LogTables,
  action: InterventionAction,
  filter: DeliveryFilter,
  atMost: number,
): FilterCondition & { readonly statement: string } {
  const condition = new FilterCondition(filter);
  const statement = `SELECT count(*)::integer AS count FROM (
      SELECT FROM ${delivery} AS delivery JOIN ${log} AS message USING (position)
      WHERE ${condition.text} AND ${POSSIBLE[action]} LIMIT ${condition.value(atMost)}) AS found`;
  return Object.assign(condition, { statement });
}
