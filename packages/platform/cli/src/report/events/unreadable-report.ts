import type { UnreadableView } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';
import { momentText } from './moment-text.js';

/** Each message as it came, and why it is no event. */
export function unreadableReport(messages: readonly UnreadableView[], colors: Colors): string {
  return `${messages.map((message) => paragraph(message, colors)).join('\n')}`;
}

function paragraph(
  { log, sequence, subject, reason, storedAt, headers, payload, bytes }: UnreadableView,
  colors: Colors,
) {
  const lines = [
    `${colors.dim(momentText(storedAt))}  ${colors.bold(subject)}  message ${sequence}  ${log}`,
    `    ${reason}`,
    ...(headers === '{}' ? [] : [`    headers  ${headers}`]),
    `    payload  ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}  ${JSON.stringify(payload)}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
