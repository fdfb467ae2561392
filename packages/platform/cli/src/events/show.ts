import type { PlaceOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { messageReport } from '../report/events/message-report.js';
import { onEvents } from './work.js';

export async function show(messageId: string, options: PlaceOptions, streams: Streams): Promise<void> {
  await onEvents(options, streams, async ({ messages }, { colors }) => {
    const message = await messages.show(messageId);
    return options.json ? message : messageReport(message, colors);
  });
}
