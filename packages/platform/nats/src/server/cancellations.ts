import { Cancellation } from '@macrolith/core';
import type { CallNames } from '@macrolith/nats-connection';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';

/** No address for an answer is longer. */
const LONGEST_ADDRESS = 256;

/** Which queries of others are under way here, by the address that their answer goes to: it is how their callers call them off. */
export class Cancellations {
  private readonly underWay = new Map<string, Cancellation>();

  constructor(private readonly names: CallNames) {}

  /** Hears what is called off, whichever process of the module it was sent to. */
  subscribe(connection: NatsConnection, module: string): Subscription {
    return connection.subscribe(this.names.cancellationsOf(module), {
      callback: (error, message) => {
        if (error !== null || message.data.length > LONGEST_ADDRESS) return;
        this.underWay.get(message.string())?.cancel();
      },
    });
  }

  of({ reply }: Msg): Cancellation {
    const cancellation = new Cancellation();
    this.underWay.set(reply!, cancellation);
    return cancellation;
  }

  forget({ reply }: Msg): void {
    this.underWay.delete(reply!);
  }
}
