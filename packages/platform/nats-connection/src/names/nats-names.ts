import { CallNames } from './call-names.js';
import { EventNames } from './event-names.js';

/**
 * The one owner of all names in NATS: whoever publishes or subscribes asks here, and so does whoever says what a user may publish
 * and subscribe to.
 */
export class NatsNames {
  readonly calls: CallNames;
  readonly events: EventNames;

  /** @param system what this product is called in NATS; two products on one NATS have two names. Begins every name. */
  constructor(readonly system: string) {
    if (!SYSTEM.test(system)) {
      throw new TypeError(`'${system}' cannot begin names in NATS: use lower-case letters, digits and hyphens.`);
    }
    this.calls = new CallNames(system);
    this.events = new EventNames(system);
  }

  /** What the inboxes of a user of NATS begin with, so that nobody else hears the answers: `_INBOX.macrolith.orders`. */
  inboxOf(user: string): string {
    return `_INBOX.${this.system}.${user}`;
  }
}

const SYSTEM = /^[a-z][a-z0-9-]*$/;
