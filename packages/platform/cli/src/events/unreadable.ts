import type { PlaceOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { unreadableReport } from '../report/events/unreadable-report.js';
import { readWholeNumber } from './whole-number.js';
import { onEvents } from './work.js';

export interface UnreadableOptions extends PlaceOptions {
  readonly limit: string;
}

const MOST = 500;

export async function unreadable(options: UnreadableOptions, streams: Streams): Promise<void> {
  const limit = readWholeNumber('--limit', options.limit, MOST);
  await onEvents(options, streams, async (operations, { colors }) => {
    const messages = await operations.unreadable.list(limit);
    if (options.json) return messages;
    return messages.length === 0
      ? 'Everything that came over a broker could be read.\n'
      : unreadableReport(messages, colors);
  });
}
