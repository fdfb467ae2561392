import type { PlaceOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { storyReport } from '../report/events/story-report.js';
import { UsageError } from '../usage-error.js';
import { onEvents } from './work.js';

export interface StoryOptions extends PlaceOptions {
  readonly key?: string;
}

export async function story(correlationId: string | undefined, options: StoryOptions, streams: Streams): Promise<void> {
  const { key, json } = options;
  if ((correlationId === undefined) === (key === undefined)) {
    throw new UsageError(
      'name the story by its correlation id (macro events show tells it), or by --key, not by both.',
    );
  }
  const of = correlationId === undefined ? { key: key! } : { correlationId };
  await onEvents(options, streams, async ({ messages }, { colors }) => {
    const told = await messages.story(of);
    if (json) return told;
    return told.messages.length === 0 ? 'Nothing was said in this story.\n' : storyReport(told, colors);
  });
}
