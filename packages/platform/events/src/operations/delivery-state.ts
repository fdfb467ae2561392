import { z } from '@macrolith/contract';

/**
 * Where a delivery stands, as people ask for it. Each has exactly one of these:
 *
 * - `due`: a relay that serves its consumer takes it next
 * - `leased`: it is being handed over
 * - `waiting`: for its time, after a failure or since it was delayed
 * - `parked`: behind an earlier message of its key
 * - `held`: for a process that has its consumer and understands it
 * - `dead`: all attempts failed
 * - `done`, `discarded`: nothing is owed any more
 */
export const DeliveryState = z.enum(['due', 'leased', 'waiting', 'parked', 'held', 'dead', 'done', 'discarded']);
export type DeliveryState = z.output<typeof DeliveryState>;

/** What can be asked for: one state, or `open`, all that is still to be handed over. */
export const StateFilter = z.enum(['open', ...DeliveryState.options]);
export type StateFilter = z.output<typeof StateFilter>;

const IS_LEASED = `delivery.leased_until IS NOT NULL AND delivery.leased_until >= now()`;
const IS_FREE = `(delivery.leased_until IS NULL OR delivery.leased_until < now())`;
const IN_ITS_TURN = `delivery.state = 'open' AND ${IS_FREE} AND NOT delivery.parked AND NOT delivery.held`;

/** Whether a row called `delivery` is in a state, in SQL. */
export const STATE_CONDITIONS: Readonly<Record<StateFilter, string>> = {
  open: `delivery.state = 'open'`,
  due: `${IN_ITS_TURN} AND delivery.due_at <= now()`,
  leased: `delivery.state = 'open' AND ${IS_LEASED}`,
  waiting: `${IN_ITS_TURN} AND delivery.due_at > now()`,
  parked: `delivery.state = 'open' AND ${IS_FREE} AND delivery.parked`,
  held: `delivery.state = 'open' AND ${IS_FREE} AND NOT delivery.parked AND delivery.held`,
  dead: `delivery.state = 'dead'`,
  done: `delivery.state = 'done'`,
  discarded: `delivery.state = 'discarded'`,
};

/** The state of a row called `delivery`, in SQL. */
export const STATE_EXPRESSION = `CASE WHEN delivery.state <> 'open' THEN delivery.state
      WHEN ${IS_LEASED} THEN 'leased' WHEN delivery.parked THEN 'parked' WHEN delivery.held THEN 'held'
      WHEN delivery.due_at > now() THEN 'waiting' ELSE 'due' END`;
