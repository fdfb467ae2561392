import { Cancellation } from '@macrolith/core';
import type { CallNames } from '@macrolith/nats-connection';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';

/** No address for an answer is longer. */
const LONGEST_ADDRESS = 256;

/** A query that is being worked on here. */
export interface Cancellable {
  readonly cancellation: Cancellation;
  /** Where its answer goes to: it is how its caller calls it off. */
  readonly reply: string;
  /** Where it stands among those that are under way. */
  place: number;
}

/**
 * Which queries of others are under way here. Each is noted and nearly none is called off, so noting is what has to be cheap: they
 * stand in a list of at most as many as are served at once, in no order.
 */
export class Cancellations {
  private readonly underWay: Cancellable[] = [];

  constructor(private readonly names: CallNames) {}

  /** Hears what is called off, whichever process of the module it was sent to. */
  subscribe(connection: NatsConnection, module: string): Subscription {
    return connection.subscribe(this.names.cancellationsOf(module), {
      callback: (error, message) => {
        if (error !== null || message.data.length > LONGEST_ADDRESS) return;
        const reply = message.string();
        this.underWay.find((query) => query.reply === reply)?.cancellation.cancel();
      },
    });
  }

  note({ reply }: Msg): Cancellable {
    const query = { cancellation: new Cancellation(), reply: reply!, place: this.underWay.length };
    this.underWay.push(query);
    return query;
  }

  /** The last one takes its place. */
  forget({ place }: Cancellable): void {
    const last = this.underWay.pop()!;
    if (last.place === place) return;
    last.place = place;
    this.underWay[place] = last;
  }
}
