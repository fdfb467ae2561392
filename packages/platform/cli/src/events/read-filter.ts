import { type DeliveryFilter, StateFilter } from '@macrolith/events/operations';
import type { FilterOptions } from '../commands/events/options.js';
import { UsageError } from '../usage-error.js';
import { readMoment } from './moment.js';

/** Which deliveries the options mean. @throws UsageError */
export function readFilter(options: FilterOptions, now: Date): DeliveryFilter {
  const { module, state, consumer, type, key, correlation, olderThan, newerThan } = options;
  const filter: DeliveryFilter = {
    log: module,
    state: state === undefined ? undefined : readState(state),
    consumer,
    type,
    key,
    correlationId: correlation,
    olderThan: olderThan === undefined ? undefined : readMoment('--older-than', olderThan, now),
    newerThan: newerThan === undefined ? undefined : readMoment('--newer-than', newerThan, now),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function readState(text: string): StateFilter {
  const { success, data } = StateFilter.safeParse(text);
  if (success) return data;
  throw new UsageError(`--state ${text}: there is no such state. Choose one of ${StateFilter.options.join(', ')}.`);
}
