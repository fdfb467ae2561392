import { isMessageId } from './delivery-filter.js';
import {
  type MessageRow,
  type MessageView,
  type MessageWithDeliveries,
  readData,
  readDeliveries,
  readInterventions,
  readMessages,
} from './message-view.js';
import type { ObservedLog } from './observed-log.js';
import { MessageNotFound } from './operation-errors.js';

/** Most messages that a story shows. */
const LONGEST_STORY = 500;

/** What belongs together: what followed from one wish, or what was said about one thing. */
export type StoryOf = { readonly correlationId: string } | { readonly key: string };

/** Messages in the order in which they were said. */
export interface Story {
  readonly messages: readonly MessageWithDeliveries[];
  /** There are more: the story is longer than what is shown. */
  readonly isCut: boolean;
}

/** Shows messages, over all logs: one that was received over a broker too is shown once, with the deliveries of both. */
export class Messages {
  constructor(private readonly logs: readonly ObservedLog[]) {}

  /** Everything that is known of one message. @throws MessageNotFound */
  async show(messageId: string): Promise<MessageView> {
    if (!isMessageId(messageId)) throw new MessageNotFound({ messageId });
    const found = await Promise.all(
      this.logs.map(async (log) => {
        const [row] = await readMessages(log, 'message.id = $1::uuid', messageId, 1);
        return row === undefined ? [] : [await detailsOf(log, row)];
      }),
    );
    const [first, ...others] = found.flat();
    if (first === undefined) throw new MessageNotFound({ messageId });
    const interventions = [first, ...others].flatMap((each) => each.interventions);
    return {
      ...first,
      deliveries: [first, ...others].flatMap(({ deliveries }) => deliveries),
      interventions: interventions.sort((one, other) => one.at.getTime() - other.at.getTime()),
    };
  }

  /** The whole story, at most 500 messages, the oldest first. Empty where nothing was said. */
  async story(of: StoryOf): Promise<Story> {
    const [condition, value] =
      'correlationId' in of
        ? ['message.correlation_id = $1', of.correlationId]
        : [`message.kind = 'event' AND message.key = $1`, of.key];
    const parts = await Promise.all(this.logs.map((log) => partOfStory(log, condition!, value!)));
    const isCut = parts.some((part) => part.length > LONGEST_STORY);
    const messages = inOrder(withAllDeliveries(parts));
    return { messages: messages.slice(0, LONGEST_STORY), isCut: isCut || messages.length > LONGEST_STORY };
  }
}

/** Messages of several places, each once and with what is owed of it in any of them. */
export function withAllDeliveries(parts: readonly (readonly MessageWithDeliveries[])[]): MessageWithDeliveries[] {
  const byId = new Map<string, MessageWithDeliveries>();
  for (const message of parts.flat()) {
    const known = byId.get(message.messageId);
    const deliveries = [...(known?.deliveries ?? []), ...message.deliveries];
    byId.set(message.messageId, { ...(known ?? message), deliveries });
  }
  return [...byId.values()];
}

/** The oldest first. */
export function inOrder(messages: readonly MessageWithDeliveries[]): MessageWithDeliveries[] {
  return messages.toSorted((one, other) => one.time.getTime() - other.time.getTime());
}

async function detailsOf(log: ObservedLog, row: MessageRow): Promise<MessageView> {
  const [deliveries, interventions, data] = await Promise.all([
    readDeliveries(log, [row.position], 'whole'),
    readInterventions(log, row),
    readData(log, row),
  ]);
  return { ...row.message, data, deliveries: deliveries.get(row.position) ?? [], interventions };
}

async function partOfStory(
  log: ObservedLog,
  condition: string,
  value: string,
): Promise<readonly MessageWithDeliveries[]> {
  const rows = await readMessages(log, condition, value, LONGEST_STORY + 1);
  const deliveries = await readDeliveries(
    log,
    rows.map(({ position }) => position),
    'first line',
  );
  return rows.map(({ position, message }) => ({ ...message, deliveries: deliveries.get(position) ?? [] }));
}
