import type { MessageWithDeliveries } from './message-view.js';
import type { Messages, Story } from './messages.js';

/** Most wishes whose consequences a story shows: that of the one who began it, and those of others who stepped in. */
const MOST_WISHES = 50;

/**
 * All that was said about one thing, and everything that followed from the wishes by which it was said: the events under its
 * key, with the tasks and the events of other things that belong to them. The oldest first.
 *
 * @param key the key of the events that are about it, such as an order's id
 */
export async function wholeStory(messages: Messages, key: string): Promise<Story> {
  const about = await messages.story({ key });
  const wishes = [...new Set(about.messages.map(({ correlationId }) => correlationId))];
  const followed = await Promise.all(
    wishes.slice(0, MOST_WISHES).map((correlationId) => messages.story({ correlationId })),
  );
  const byId = new Map<string, MessageWithDeliveries>();
  for (const message of [about, ...followed].flatMap((story) => story.messages)) byId.set(message.messageId, message);
  return {
    messages: [...byId.values()].sort((one, other) => one.time.getTime() - other.time.getTime()),
    isCut: wishes.length > MOST_WISHES || [about, ...followed].some(({ isCut }) => isCut),
  };
}
