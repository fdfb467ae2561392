import type { EventType } from '@macrolith/contract';
import type { EventEnvelope } from '../log/message.js';
import type { Upcaster } from './upcast.js';

export interface OnOptions {
  /**
   * Where a consumer that is new to the publisher's log starts: `now`, with what is published from then on, or
   * `beginning`, with the oldest event that is kept. One that is known goes on where it was.
   */
  readonly from?: 'now' | 'beginning';
  /** How older versions of the event are understood. */
  readonly upcasters?: readonly Upcaster[];
}

/** A method that hears an event. */
export interface Handler {
  readonly event: EventType<any>;
  readonly method: string;
  readonly options: OnOptions;
}

const HANDLERS = Symbol.for('macrolith.event-handlers');

/**
 * Calls the method with the data of each such event, after the publisher's transaction has committed:
 * `@On(Orders.event.orderPlaced) async thank(event: DataOf<typeof Orders.event.orderPlaced>) { … }`. A second parameter,
 * if the method has one, is the event's envelope.
 *
 * The method runs in a transaction of its own, together with the record that it ran: its effect on the module's own
 * tables happens once, though the event may be handed over several times. When it throws, it is called again later.
 */
export function On<Data>(event: EventType<Data>, options: OnOptions = {}) {
  return (
    target: object,
    method: string,
    _:
      | TypedPropertyDescriptor<(data: Data) => Promise<void>>
      | TypedPropertyDescriptor<(data: Data, envelope: EventEnvelope) => Promise<void>>,
  ): void => {
    const owner = target.constructor as { [HANDLERS]?: Handler[] };
    if (!Object.hasOwn(owner, HANDLERS)) Object.defineProperty(owner, HANDLERS, { value: [] });
    owner[HANDLERS]!.push({ event, method, options });
  };
}

export function handlersOf(type: Function): readonly Handler[] {
  return (type as { [HANDLERS]?: Handler[] })[HANDLERS] ?? [];
}
