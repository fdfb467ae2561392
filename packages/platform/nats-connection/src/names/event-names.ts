/** What events are named in NATS, and what JetStream is asked by for them. */
export class EventNames {
  constructor(readonly system: string) {}

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

  /** The type of the events at a subject: `orders.order-placed.v1`. */
  typeOf(subject: string): string {
    return subject.slice(`${this.system}.events.`.length);
  }

  /** All versions of an event: `macrolith.events.orders.order-placed.*`. */
  subjectsOf(eventName: string): string {
    return `${this.system}.events.${eventName}.*`;
  }

  /** Where the process of a module is asked what its logs know of a story: `macrolith.stories.orders`. */
  storiesOf(module: string): string {
    return `${this.system}.stories.${module}`;
  }

  /** Every event that a module publishes: `macrolith.events.orders.>`. */
  eventsOf(module: string): string {
    return `${this.system}.events.${module}.>`;
  }

  /** The durable consumer by which a module reads an event: `notifications_orders_order-placed`. Dots are not allowed. */
  durableOf(module: string, eventName: string): string {
    return `${module}_${eventName}`.replaceAll('.', '_');
  }

  /** What every process asks of JetStream that publishes or hears events, when it starts. */
  get lookingAtTheStream(): readonly string[] {
    return ['$JS.API.INFO', `$JS.API.STREAM.INFO.${this.stream}`];
  }

  /** What whoever makes the stream, and changes it, asks of JetStream. */
  get settingUpTheStream(): readonly string[] {
    return [`$JS.API.STREAM.CREATE.${this.stream}`, `$JS.API.STREAM.UPDATE.${this.stream}`];
  }

  /** By which a module finds out whether the last event that it has is where it was in the stream. */
  get readingOneMessage(): string {
    return `$JS.API.STREAM.MSG.GET.${this.stream}`;
  }

  /**
   * What reading one event by a module's durable consumer asks of JetStream
   * (https://docs.nats.io/reference/reference-protocols/nats_api_reference). The subject by which the consumer is made holds its
   * filter, and the server refuses another one.
   */
  hearing(module: string, eventName: string): readonly string[] {
    return this.reading(this.durableOf(module, eventName), this.subjectsOf(eventName));
  }

  /** All that processes ask of the stream, whoever they are: what the account that they are in needs of the one that has the stream. */
  get askedOfTheStream(): readonly string[] {
    return [
      this.allSubjects,
      ...this.lookingAtTheStream,
      ...this.settingUpTheStream,
      this.readingOneMessage,
      ...this.reading('*', '>'),
    ];
  }

  private reading(durable: string, filter: string): readonly string[] {
    return [
      `$JS.API.CONSUMER.CREATE.${this.stream}.${durable}.${filter}`,
      `$JS.API.CONSUMER.INFO.${this.stream}.${durable}`,
      `$JS.API.CONSUMER.DELETE.${this.stream}.${durable}`,
      `$JS.API.CONSUMER.MSG.NEXT.${this.stream}.${durable}`,
      `$JS.ACK.${this.stream}.${durable}.>`,
    ];
  }
}
