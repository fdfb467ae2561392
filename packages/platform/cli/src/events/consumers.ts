import type { PlaceOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { consumerTable } from '../report/events/consumer-table.js';
import { onEvents } from './work.js';

export async function consumers(options: PlaceOptions, streams: Streams): Promise<void> {
  await onEvents(options, streams, async (operations, { colors }) => {
    const logs = await operations.consumers.overview();
    return options.json ? logs : consumerTable(logs, new Date(), colors);
  });
}
