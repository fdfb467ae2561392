import type { Story } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';
import { momentText } from './moment-text.js';
import { stateColor } from './state-color.js';

/** What was said, in order, and what became of it. */
export function storyReport({ messages, isCut }: Story, colors: Colors): string {
  const lines = messages.flatMap(({ time, type, key, messageId, deliveries }) => [
    `${colors.dim(momentText(time))}  ${colors.bold(type)}${key === messageId ? '' : `  ${key}`}  ${colors.dim(messageId)}`,
    ...deliveries.map(
      ({ consumer, state, failure }) =>
        `    ${stateColor(state, colors)(state.padEnd(9))}  ${consumer}${failure === undefined || state === 'done' ? '' : `  ${failure}`}`,
    ),
  ]);
  if (isCut) lines.push(colors.dim('The story goes on: only its beginning is shown.'));
  return `${lines.join('\n')}\n`;
}
