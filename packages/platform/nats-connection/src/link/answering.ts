import type { Msg } from '@nats-io/transport-node';
import { isInbox } from '../names/inbox.js';

/**
 * The callback of a subscription that answers whoever asks, and never throws: what is thrown in a callback ends the reading of the
 * whole connection (as of @nats-io/nats-core 3.4.0), and a promise that nobody looks at ends the process. What asks for an answer
 * anywhere but in an inbox is dropped, before anything of it is read.
 *
 * @param answer may take its time
 * @param dropped called for each question that is not answered
 */
export function answering(
  answer: (message: Msg) => void | Promise<void>,
  dropped: () => void,
): (error: Error | null, message: Msg) => void {
  return (error, message) => {
    // The connection tells of subscriptions that are denied.
    if (error !== null) return;
    if (!isInbox(message.reply)) return dropped();
    // The connection is closing, or the answer does not fit into a message: nobody is there who could be told.
    void attempt(answer, message).catch(dropped);
  };
}

/** Begins at once; what is thrown then is a rejection, too. */
async function attempt(answer: (message: Msg) => void | Promise<void>, message: Msg): Promise<void> {
  await answer(message);
}
