import type { EventType } from '@macrolith/contract';

/** A method that hears an event. */
export interface Handler {
  readonly event: EventType<any>;
  readonly method: string;
}

const HANDLERS = Symbol.for('macrolith.event-handlers');

/**
 * Calls the method with the data of each such event, after the publisher's transaction has committed:
 * `@On(Orders.event.orderPlaced) async thank(event: DataOf<typeof Orders.event.orderPlaced>) { … }`.
 *
 * The method runs in a transaction of its own, together with the record that it ran: its effect on the module's own
 * tables happens once, though the event may be handed over several times. When it throws, it is called again later.
 */
export function On<Data>(event: EventType<Data>) {
  return (target: object, method: string, _: TypedPropertyDescriptor<(data: Data) => Promise<void>>): void => {
    const owner = target.constructor as { [HANDLERS]?: Handler[] };
    if (!Object.hasOwn(owner, HANDLERS)) Object.defineProperty(owner, HANDLERS, { value: [] });
    owner[HANDLERS]!.push({ event, method });
  };
}

export function handlersOf(type: Function): readonly Handler[] {
  return (type as { [HANDLERS]?: Handler[] })[HANDLERS] ?? [];
}
