import type { DeliveryView, InterventionView, MessageView } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';
import { momentText } from './moment-text.js';
import { stateColor } from './state-color.js';

/** All that is known of a message, for a person who has to decide what to do about it. */
export function messageReport(message: MessageView, colors: Colors): string {
  const { type, kind, deliveries, interventions, data } = message;
  const lines = [
    `${colors.bold(type)}  ${kind}`,
    ...attributes(message).map(([label, text]) => `  ${colors.dim(label.padEnd(12))}${text}`),
    '',
    colors.bold('data'),
    ...indented(JSON.stringify(data, null, 2)),
    '',
    colors.bold('deliveries'),
    ...(deliveries.length === 0
      ? ['  It is owed to nobody: no consumer was registered when it was written.']
      : deliveries.flatMap((delivery) => deliveryLines(delivery, colors))),
    ...(interventions.length === 0 ? [] : ['', colors.bold('what people did'), ...interventions.map(interventionLine)]),
    ...remedies(message).map((remedy, index) => (index === 0 ? `\n${colors.dim('do')}  ${remedy}` : `    ${remedy}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function attributes(message: MessageView): readonly (readonly [string, string])[] {
  const { messageId, source, key, time, correlationId, causationId, traceparent } = message;
  const all: readonly (readonly [string, string | undefined])[] = [
    ['id', messageId],
    ['source', source],
    ['key', key],
    ['written', momentText(time)],
    ['correlation', correlationId],
    ['causation', causationId],
    ['trace', traceparent],
  ];
  return all.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

function deliveryLines(delivery: DeliveryView, colors: Colors): string[] {
  const { consumer, state, attempts, round, failure, failedAt } = delivery;
  const facts = [
    `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    ...(round === 0 ? [] : [`replayed ${round} ${round === 1 ? 'time' : 'times'}`]),
    ...(stage(delivery) ?? []),
  ];
  return [
    `  ${consumer}  ${stateColor(state, colors)(state)}  ${facts.join(', ')}`,
    ...(failure === undefined
      ? []
      : [`    ${colors.dim(`failed ${momentText(failedAt)}`)}`, ...failure.split('\n').map((line) => `    ${line}`)]),
  ];
}

function stage({ state, dueAt, leasedUntil, closedAt }: DeliveryView): string[] | undefined {
  if (state === 'waiting' || state === 'held') return [`tried again ${momentText(dueAt)}`];
  if (state === 'leased') return [`taken for dead ${momentText(leasedUntil)}`];
  return closedAt === undefined ? undefined : [`ended ${momentText(closedAt)}`];
}

function interventionLine({ at, who, action, consumer, why }: InterventionView): string {
  return `  ${momentText(at)}  ${who}  ${action}  ${consumer}  ${why}`;
}

function remedies({ messageId, deliveries }: MessageView): string[] {
  const consumerOf = ({ consumer }: DeliveryView) => (deliveries.length > 1 ? ` --consumer ${consumer}` : '');
  return deliveries
    .filter(({ state }) => state === 'dead' || state === 'held' || state === 'waiting')
    .flatMap((delivery) => [
      `macro events retry ${messageId}${consumerOf(delivery)}`,
      `macro events discard ${messageId}${consumerOf(delivery)} --why '…'`,
    ]);
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
