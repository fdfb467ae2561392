/** The one owner of all names in NATS: whoever needs one asks here. */
export class NatsNames {
  /** @param system what this product is called in NATS; two products on one NATS have two names. Begins every name. */
  constructor(readonly system: string) {
    if (!SYSTEM.test(system)) {
      throw new TypeError(`'${system}' cannot begin names in NATS: use lower-case letters, digits and hyphens.`);
    }
  }

  /** The stream that all events of all modules are in. */
  get stream(): string {
    return `${this.system}-events`;
  }

  /** What the stream takes. */
  get allSubjects(): string {
    return `${this.system}.events.>`;
  }

  /** Where an event is published: `macrolith.events.orders.order-placed.v1`. */
  subjectOf(type: string): string {
    return `${this.system}.events.${type}`;
  }

  /** All versions of an event: `macrolith.events.orders.order-placed.*`. */
  subjectsOf(eventName: string): string {
    return `${this.system}.events.${eventName}.*`;
  }

  /** Where the operations of a module are called: `macrolith.calls.orders.>`. */
  callsOf(module: string): string {
    return `${this.system}.calls.${module}.>`;
  }

  /** Where the process of a module is asked what its logs know of a story: `macrolith.stories.orders`. */
  storiesOf(module: string): string {
    return `${this.system}.stories.${module}`;
  }

  /** Every event that a module publishes: `macrolith.events.orders.>`. */
  eventsOf(module: string): string {
    return `${this.system}.events.${module}.>`;
  }

  /** What the inboxes of a user of NATS begin with, so that nobody else hears the answers: `_INBOX.macrolith.orders`. */
  inboxOf(user: string): string {
    return `_INBOX.${this.system}.${user}`;
  }

  /** The durable consumer by which a module reads an event: `notifications_orders_order-placed`. Dots are not allowed. */
  durableOf(module: string, eventName: string): string {
    return `${module}_${eventName}`.replaceAll('.', '_');
  }
}

const SYSTEM = /^[a-z][a-z0-9-]*$/;
