import type { Command } from 'commander';
import type { ChangeOptions } from '../events/change.js';
import type { ListOptions } from '../events/list.js';
import type { StoryOptions } from '../events/story.js';
import type { UnreadableOptions } from '../events/unreadable.js';
import { type PlaceOptions, withFilters, withPlace, withReason } from './events/options.js';
import type { Streams } from './streams.js';

const CHANGES = {
  retry: 'Hand over again now what failed, is held or waits, with all attempts before it.',
  discard: 'Never hand it over. It is kept who said so and why.',
  replay: 'Hand over once more what was handed over or discarded, and let it act again.',
} as const;

/** `macro events`: what is owed to whom, why it fails, and what to do about it. What does it is loaded when it is asked for. */
export function addEventsCommand(program: Command, streams: Streams): void {
  const events = program
    .command('events')
    .description('Look after events and tasks: see what failed, retry, discard, replay.');

  withFilters(withPlace(events.command('list')))
    .description('List deliveries, the newest first.')
    .option('--limit <number>', 'how many', '50')
    .option('--cursor <cursor>', 'where the page before ended')
    .action(async (options: ListOptions) => (await import('../events/list.js')).list(options, streams));

  withPlace(events.command('show'))
    .description('Show a message, what became of it at each consumer, and why.')
    .argument('<message>', 'the id of the message')
    .action(async (id: string, options: PlaceOptions) =>
      (await import('../events/show.js')).show(id, options, streams),
    );

  withPlace(events.command('story'))
    .description('Show all that followed from one wish, or all that was said about one key.')
    .argument('[correlation]', 'the correlation id')
    .option('--key <key>', 'all events of this key instead')
    .action(async (id: string | undefined, options: StoryOptions) =>
      (await import('../events/story.js')).story(id, options, streams),
    );

  withPlace(events.command('consumers'))
    .description('List who wants which events, how far behind they are, and whom nobody serves.')
    .action(async (options: PlaceOptions) => (await import('../events/consumers.js')).consumers(options, streams));

  withPlace(events.command('unreadable'))
    .description('List what came over a broker and is no event, the newest first. Nobody is handed it.')
    .option('--limit <number>', 'how many', '50')
    .action(async (options: UnreadableOptions) =>
      (await import('../events/unreadable.js')).unreadable(options, streams),
    );

  for (const action of ['retry', 'discard', 'replay'] as const) {
    withReason(withFilters(withPlace(events.command(action))), action === 'discard')
      .description(`${CHANGES[action]} One message, or all that the filters mean.`)
      .argument('[message]', 'the id of one message')
      .option('--yes', 'do it to all that the filters mean; without, it is only told how many those are')
      .option('--limit <number>', 'how many at most, the oldest first', '1000')
      .action(async (id: string | undefined, options: ChangeOptions) =>
        (await import('../events/change.js')).change(action, id, options, streams),
      );
  }
}
