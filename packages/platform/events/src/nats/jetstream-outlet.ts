import type { EventNames } from '@macrolith/nats-connection';
import { headers as natsHeaders } from '@nats-io/transport-node';
import type { DeliveredMessage } from '../log/message.js';
import { JETSTREAM, Outlet, OutletClosed } from '../relay/outlet.js';
import { toNats } from './cloud-event.js';
import { isDenied } from './denied.js';
import type { JetStreamLink } from './jetstream-link.js';

/** What is published is stored within this time, or it is published again. */
const STORED_WITHIN_MS = 5_000;

/**
 * Publishes what the outboxes hold to the stream. A message that is published twice, because its process died before it
 * could note the first time, is stored once: the server knows its id for two minutes, and whoever reads for good.
 */
export class JetStreamOutlet extends Outlet {
  readonly consumer = JETSTREAM;

  constructor(
    private readonly link: JetStreamLink,
    private readonly names: EventNames,
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.link.open !== undefined;
  }

  async send(message: DeliveredMessage): Promise<void> {
    const { headers, payload } = toNats(message);
    const all = natsHeaders();
    for (const [name, values] of headers) for (const value of values) all.append(name, value);
    try {
      const { open } = this.link;
      if (open === undefined) throw new Error('there is no connection to NATS');
      await open.client.publish(this.names.subjectOf(message.type), payload, {
        msgID: message.id,
        headers: all,
        timeout: STORED_WITHIN_MS,
        expect: { streamName: this.names.stream },
      });
    } catch (cause) {
      // A message that is too large stays so, and becomes a dead letter like any other that fails for its own reason.
      if (isTooLarge(cause)) throw cause;
      throw new OutletClosed(JETSTREAM, isDenied(cause) ? 'denied' : 'unavailable', { cause });
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && /max_payload size exceeded|message size exceeds maximum/i.test(error.message);
}
