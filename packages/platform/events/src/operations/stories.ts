import type { MessageWithDeliveries } from './message-view.js';
import { inOrder, type Messages, type Story, type StoryOf, withAllDeliveries } from './messages.js';

/** Most wishes whose consequences a story shows: that of the one who began it, and those of others who stepped in. */
const MOST_WISHES = 50;

/** Names of outlets, which take messages to a broker, begin so. */
const OUTLET = '@';

/** The logs of modules that are in other processes. */
export abstract class LogsElsewhere {
  /** What they know of any of these, each message once. Cut where a module does not answer that may know more. */
  abstract story(of: readonly StoryOf[]): Promise<Story>;
}

/** Tells stories, over the logs that are known here and those of modules in other processes. */
export class Stories {
  /** @param elsewhere where there are other processes */
  constructor(
    private readonly here: Messages,
    private readonly elsewhere?: LogsElsewhere,
  ) {}

  /**
   * All that was said about one thing, and everything that followed from the wishes by which it was said: the events under its
   * key, with the tasks and the events of other things that belong to them. The oldest first. Who takes messages to a broker
   * is not told where that went well: whoever hears them there is.
   *
   * @param key the key of the events that are about it, such as an order's id
   */
  async about(key: string): Promise<Story> {
    const about = await this.told([{ key }]);
    const wishes = [...new Set(about.messages.map(({ correlationId }) => correlationId))];
    const followed = await this.told(wishes.slice(0, MOST_WISHES).map((correlationId) => ({ correlationId })));
    return {
      messages: inOrder(eachOnce([about, followed])).map(withoutTheWay),
      isCut: wishes.length > MOST_WISHES || about.isCut || followed.isCut,
    };
  }

  private async told(of: readonly StoryOf[]): Promise<Story> {
    const [here, elsewhere] = await Promise.all([this.toldHere(of), this.elsewhere?.story(of)]);
    const parts = elsewhere === undefined ? [here] : [here, elsewhere];
    return {
      messages: withAllDeliveries(parts.map(({ messages }) => messages)),
      isCut: parts.some(({ isCut }) => isCut),
    };
  }

  /** The same from the logs that are known here alone. */
  async toldHere(of: readonly StoryOf[]): Promise<Story> {
    const stories = await Promise.all(of.map((each) => this.here.story(each)));
    return { messages: eachOnce(stories), isCut: stories.some(({ isCut }) => isCut) };
  }
}

/** Whatever finds a message finds all that is owed of it. */
function eachOnce(stories: readonly Story[]): MessageWithDeliveries[] {
  const found = stories.flatMap(({ messages }) => messages);
  return [...new Map(found.map((message) => [message.messageId, message])).values()];
}

function withoutTheWay(message: MessageWithDeliveries): MessageWithDeliveries {
  const concerned = message.deliveries.filter(
    ({ consumer, state }) => !consumer.startsWith(OUTLET) || state !== 'done',
  );
  return { ...message, deliveries: concerned };
}
