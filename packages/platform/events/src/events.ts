import type { EventType } from '@macrolith/contract';
import { type Manifest, PlatformError } from '@macrolith/core';

/** A module published an event of another module's contract. */
export class ForeignEvent extends PlatformError {
  readonly code = 'macrolith.foreign-event';
  constructor(
    readonly module: string,
    readonly event: string,
  ) {
    super(
      `'${module}' published ${event}, which belongs to another module's contract: only that module knows that it happened. ` +
        'Declare an event of your own, or call a command of the other module.',
    );
  }
}

/** Takes events for delivery. Which one is installed decides how they travel. */
export abstract class EventSink {
  /** Stores the event of `module` in the running transaction, or at once where there is none. */
  abstract write<Data>(module: string, type: EventType<Data>, data: Data): Promise<void>;
}

/** Publishes the events of the module that injects it. */
export class Events {
  constructor(
    private readonly manifest: Manifest,
    private readonly sink: EventSink,
  ) {}

  /**
   * Says that something happened. Stored in the running transaction, so it is said exactly if the change is kept;
   * subscribers hear of it after commit. Data that the event's schema refuses is refused here.
   */
  async publish<Data>(type: EventType<Data>, data: Data): Promise<void> {
    if (type.module !== this.manifest.name) throw new ForeignEvent(this.manifest.name, type.id);
    await this.sink.write(this.manifest.name, type, data);
  }
}
