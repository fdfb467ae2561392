import type { ListedDelivery } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';
import { aligned, type TextColumn } from '../aligned.js';
import { momentText } from './moment-text.js';
import { stateColor } from './state-color.js';

/** How much of a reason a terminal gets: the whole is in `macro events show`. */
const REASON_ON_TERMINAL = 60;

/** A line a delivery. Where lines may be long, nothing is cut. */
export function deliveryTable(deliveries: readonly ListedDelivery[], colors: Colors, isWide: boolean): string {
  const columns: readonly TextColumn<ListedDelivery>[] = [
    { label: 'WRITTEN', value: ({ time }) => momentText(time) },
    { label: 'STATE', value: ({ state }) => state, style: (text, { state }) => stateColor(state, colors)(text) },
    { label: 'TRIES', value: ({ attempts }) => `${attempts}`, align: 'end' },
    { label: 'TYPE', value: ({ type }) => type },
    { label: 'CONSUMER', value: ({ consumer }) => consumer },
    // A task's key is its own id.
    { label: 'KEY', value: ({ key, messageId }) => (key === messageId ? '' : key) },
    { label: 'MESSAGE', value: ({ messageId }) => messageId },
    { label: 'REASON', value: ({ failure = '', state }) => (state === 'done' ? '' : isWide ? failure : cut(failure)) },
  ];
  return aligned(deliveries, columns, colors.dim);
}

function cut(text: string): string {
  return text.length > REASON_ON_TERMINAL ? `${text.slice(0, REASON_ON_TERMINAL - 1)}…` : text;
}
