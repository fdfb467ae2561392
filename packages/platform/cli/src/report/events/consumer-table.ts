import { COUNTED_UP_TO, type ConsumerView, type LogOverview } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';
import { aligned, type TextColumn } from '../aligned.js';
import { spanText } from './moment-text.js';

/** A line a consumer, and a sentence about each that needs somebody. */
export function consumerTable(logs: readonly LogOverview[], now: Date, colors: Colors): string {
  return `${tableOf(logs, now, colors)}${unreadableNote(logs, colors)}`;
}

function tableOf(logs: readonly LogOverview[], now: Date, colors: Colors): string {
  const consumers = logs.flatMap((log) => log.consumers);
  if (consumers.length === 0) return 'No consumer is registered, and nothing is owed to anybody.\n';
  const columns: readonly TextColumn<ConsumerView>[] = [
    { label: 'SAID BY', value: ({ log }) => log },
    { label: 'CONSUMER', value: ({ consumer }) => consumer },
    { label: 'OPEN', value: ({ open }) => number(open), align: 'end' },
    { label: 'BEHIND', value: ({ oldestOpenAt }) => (oldestOpenAt ? spanText(oldestOpenAt, now) : ''), align: 'end' },
    { label: 'HELD', value: ({ held }) => number(held), align: 'end' },
    {
      label: 'DEAD',
      value: ({ dead }) => number(dead),
      align: 'end',
      style: (text, { dead }) => (dead > 0 ? colors.red(text) : text),
    },
    { label: 'EVENTS', value: ({ events }) => events.join(', ') },
    { label: '', value: note, style: (text) => colors.yellow(text) },
  ];
  return aligned(consumers, columns, colors.dim);
}

function unreadableNote(logs: readonly LogOverview[], colors: Colors): string {
  const count = logs.reduce((sum, { unreadable }) => sum + unreadable, 0);
  if (count === 0) return '';
  const what =
    count === 1
      ? '1 message that came over a broker is no event'
      : `${number(count)} messages that came over a broker are no events`;
  return `\n${colors.yellow(`${what}: see macro events unreadable.`)}\n`;
}

function note({ isFilling, isUnserved }: ConsumerView): string {
  if (isUnserved) return 'nobody serves it';
  return isFilling ? 'is being put the log before' : '';
}

function number(count: number): string {
  return count >= COUNTED_UP_TO ? `${COUNTED_UP_TO}+` : `${count}`;
}
