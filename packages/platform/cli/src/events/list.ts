import type { FilterOptions, PlaceOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { deliveryTable } from '../report/events/delivery-table.js';
import { readFilter } from './read-filter.js';
import { readWholeNumber } from './whole-number.js';
import { type EventWork, onEvents } from './work.js';

export interface ListOptions extends PlaceOptions, FilterOptions {
  readonly limit: string;
  readonly cursor?: string;
}

const LONGEST_PAGE = 200;

export async function list(options: ListOptions, streams: Streams): Promise<void> {
  const filter = readFilter(options, new Date());
  const limit = readWholeNumber('--limit', options.limit, LONGEST_PAGE);
  const work: EventWork = async ({ deliveries }, { colors, isWide }) => {
    const page = await deliveries.list(filter, { limit, cursor: options.cursor });
    if (options.json) return page;
    if (page.items.length === 0) return 'There is no such delivery.\n';
    const more = page.nextCursor === undefined ? '' : colors.dim(`\nMore: --cursor ${page.nextCursor}\n`);
    return `${deliveryTable(page.items, colors, isWide)}${more}`;
  };
  await onEvents(options, streams, work);
}
