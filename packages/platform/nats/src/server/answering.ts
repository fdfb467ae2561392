import { isInbox } from '@macrolith/nats-connection';
import type { Msg } from '@nats-io/transport-node';

/**
 * The callback of a subscription that answers whoever asks, and never throws: what is thrown in a callback ends the reading of the
 * whole connection (as of @nats-io/nats-core 3.4.0). What asks for an answer anywhere but in an inbox is dropped.
 */
export function answering(
  answer: (message: Msg) => void,
  dropped: () => void,
): (error: Error | null, message: Msg) => void {
  return (error, message) => {
    // The connection tells of subscriptions that are denied.
    if (error !== null) return;
    if (!isInbox(message.reply)) return dropped();
    try {
      answer(message);
    } catch {
      // The connection is closing, or the answer does not fit into a message: nobody is there who could be told.
      dropped();
    }
  };
}
